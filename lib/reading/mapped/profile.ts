/**
 * Profiles of the columns of a CSV, or of the fields of a JSONL: what a first mapping is guessed from.
 *
 * @module
 */
import { type Fields, isObject } from "../bytes/record.ts";
import { isConversation } from "../formats/chat_messages.ts";
import { fieldAt } from "./values.ts";
import { inWords, KEY } from "./column_names.ts";

/** What was seen in one column or field. */
export interface Profile {
  /** The column, or the path as `a.b`. */
  readonly name: string;
  /** How many records have a value other than null. */
  present: number;
  /** How many values are text; of these, those that look like a number, and those that say "no value". */
  text: number;
  numeric: number;
  blank: number;
  /** How many values are lists or objects; of these, conversations, and the turns in them. */
  structured: number;
  conversations: number;
  turns: number;
  /** The length of the longest text. */
  longest: number;
  /** The different values as text; no more are kept than are needed to see that they are many. */
  readonly values: Set<string>;
  /** The texts seen that say "no value". */
  readonly tokens: Set<string>;
  /** Every value so far, as long as none came twice and the name is that of an id. */
  unique: Set<string> | undefined;
}

/** Texts that say "no value" in a column of scores. */
const TOKENS = ["N/A", "n/a", "NA", "NaN", "nan", "null", "None", "none", "-", "?", "missing"];

/** More different values than this are not levels of a factor. */
export const MANY = 20;

/** Longer values are cut, and cannot be levels or parts of a map. */
export const LONGEST = 100;

/** How deep objects are looked into. */
const DEPTH = 3;

/** Profiles records one by one, in bounded memory but for the values of a column that may be the id. */
export function createProfiles(): { readonly add: (fields: Fields) => void; readonly all: () => Profile[] } {
  const profiles = new Map<string, Profile>();
  return {
    add: (fields) => {
      for (const [name, value] of leaves(fields)) {
        let profile = profiles.get(name);
        if (profile === undefined) profiles.set(name, profile = emptyProfile(name));
        if (value !== null) see(profile, value);
      }
    },
    all: () => [...profiles.values()],
  };
}

function emptyProfile(name: string): Profile {
  const counts = { present: 0, text: 0, numeric: 0, blank: 0, structured: 0, conversations: 0, turns: 0, longest: 0 };
  return {
    name,
    ...counts,
    values: new Set(),
    tokens: new Set(),
    unique: KEY.test(inWords(name)) ? new Set() : undefined,
  };
}

function see(profile: Profile, value: unknown): void {
  profile.present++;
  if (typeof value === "object") {
    profile.structured++;
    if (!isConversation(value) && !(Array.isArray(value) && value.length === 0)) return;
    profile.conversations++;
    profile.turns += (value as unknown[]).length;
    return;
  }
  const text = String(value);
  if (typeof value === "string") seeText(profile, text);
  profile.longest = Math.max(profile.longest, text.length);
  if (profile.values.size <= MANY) profile.values.add(text.slice(0, LONGEST));
  if (profile.unique?.has(text)) profile.unique = undefined;
  else profile.unique?.add(text);
}

function seeText(profile: Profile, text: string): void {
  profile.text++;
  if (/^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/.test(text)) profile.numeric++;
  if (text.trim() !== "" && !TOKENS.includes(text)) return;
  profile.blank++;
  profile.tokens.add(text);
}

/** Lists of answers, the first of which is read: `[["text"]]` as lm-evaluation-harness writes its `resps`. */
const ANSWERS = /^(resps|responses|completions|outputs|answers)$/i;

/** Every value of a record by its path, an object and then what is in it; of lists, the first of several answers. */
function* leaves(fields: Fields, prefix = "", depth = 1): Generator<[string, unknown]> {
  for (const [key, value] of Object.entries(fields)) {
    if (key === "" || (prefix !== "" && key.includes("."))) continue; // a path could not name it
    yield [prefix + key, value];
    const answer = ANSWERS.test(key) ? firstAnswer(value, prefix + key) : undefined;
    if (answer !== undefined) yield answer;
    const choice = key === "choices" ? fieldAt(fields, `${key}.0.message`) : undefined;
    if (isObject(choice)) yield [`${prefix}${key}.0.message`, [choice]];
    if (isObject(value) && depth < DEPTH && !key.includes(".")) yield* leaves(value, `${prefix}${key}.`, depth + 1);
  }
}

/** The first text in lists within lists, by its path. */
function firstAnswer(value: unknown, path: string, depth = 1): [string, string] | undefined {
  if (!Array.isArray(value) || depth > DEPTH) return undefined;
  const [first] = value;
  return typeof first === "string" ? [`${path}.0`, first] : firstAnswer(first, `${path}.0`, depth + 1);
}
