/**
 * Guesses a first `dataset.json` for a CSV or JSONL of no known format, by the names and values of its columns or
 * fields. It is made to be edited: it loads as it is, and may be wrong about what things mean.
 *
 * @module
 */
import { basename } from "node:path";
import { readHead } from "../formats/head.ts";
import type { Opener } from "../bytes/source.ts";
import { createProfiles, LONGEST, MANY, type Profile } from "./profile.ts";
import { kindOf, readCsv, readJsonLines } from "../formats/record_format.ts";
import { FIXED_FACTORS } from "../../samples/schema.ts";

/** A name for what is not in the data. */
const NOT_RECORDED = "not recorded";

const MODEL = /^(model([_ .-]?(name|id|model))?|target[_ .-]?(name|id|model))$/i;

/** `provider/name` or `name-4`: only then is a bare `target` a model, and not the answer that was expected. */
const MODEL_NAME = /^[a-z][\w.-]*(\/\S|-[\w.-]*\d)/i;

const SCENARIO = /^(scenario|task|environment|env)([_ .-]?(name|type))?$/i;
const MESSAGES = {
  system: /^system([_ .-]?prompt)?$/i,
  user: /^(user|prompt|question|input)([_ .-]?(prompt|text))?$/i,
  assistant: /^(raw[_ .-]?)?(response|resp|completion|output|answer|assistant)(s|[_ .-]?text)?$/i,
  reasoning: /^(cot|reasoning|thinking|scratchpad)$/i,
};

/** Numbers and texts that describe a run, not what the model did. */
const BOOKKEEPING =
  /(^|[_ .-])(id|uuid|hash|sha256|file|path|url|line|index|idx|epoch|seed|run|rep|repetition|sample|time|timestamp|date|created|duration|ms|seconds|tokens|cost|temperature|version)([_ .-]|$)/i;

/** Names of what was judged, whatever else is in them. */
const JUDGED = /score|rating|grade|verdict|label|judge|harm|refus|aware|outcome|choice|^is_/i;

const YES = ["yes", "y", "true"];
const NO = ["no", "n", "false"];

/**
 * A first `dataset.json` for one file, to be put beside it.
 *
 * @throws {TypeError} if the file is neither CSV nor JSONL, or holds no record that can be read
 */
export async function suggestCard(file: string, open: Opener): Promise<Record<string, unknown>> {
  const records = kindOf(await readHead(file, open));
  if (records === undefined) {
    throw new TypeError(`Cannot suggest a mapping as ${file} is neither CSV nor JSONL by name`);
  }
  const profiles = createProfiles();
  let count = 0;
  let problem = "it is empty";
  for await (const record of records === "csv" ? readCsv(file, open) : readJsonLines(file, open)) {
    if ("fields" in record) profiles.add(record.fields);
    else problem = `${record.at}: ${record.reason}`;
    count += "fields" in record ? 1 : 0;
  }
  if (count === 0) throw new TypeError(`Cannot suggest a mapping as no record of ${file} can be read: ${problem}`);
  const name = basename(file).replace(/\.(csv|jsonl|ndjson)(\.gz|\.zst)?$/i, "") || NOT_RECORDED;
  return {
    name,
    title: `${name}: say in one line what this is`,
    format: "mapped",
    mapping: mappingOf(records, profiles.all(), { count, name }),
    files: [{ path: basename(file), sha256: open.opened().find(({ path }) => path === file)?.sha256 }],
    labelers: { dataset: "say who gave the scores, and how" },
    cluster: "say what is not independent; without a mapping for it, the same scenario and condition",
    source: { url: "https://example.org/say-where-it-is-from", licence: "say which" },
    excluded: [],
    notes: [],
  };
}

interface Whole {
  readonly count: number;
  readonly name: string;
}

function mappingOf(records: "csv" | "jsonl", profiles: readonly Profile[], { count, name }: Whole) {
  const left = new Set(profiles);
  const take = (fits: (profile: Profile) => boolean): Profile | undefined => {
    const found = [...left].find(fits);
    if (found) left.delete(found);
    return found;
  };
  const takeAll = (fits: (profile: Profile) => boolean) => [...left].filter((one) => fits(one) && left.delete(one));
  const tokens = new Set([""]);
  const isText = (one: Profile) => textSource(one, count, tokens) !== undefined;
  const id = take((one) => one.unique?.size === count && one.blank === 0 && one.longest <= 200);
  const model = take((one) => isModel(one) && isText(one));
  const scenario = take((one) => SCENARIO.test(last(one.name)) && isText(one));
  const list = take((one) => one.turns > 0 && one.conversations === one.present);
  const roles = Object.entries(MESSAGES).flatMap(([role, pattern]) => {
    const found = take((one) => pattern.test(last(one.name)) && one.text > 0 && one.structured === 0);
    return found && !list ? [[role, found.name]] : [];
  });
  const scores = takeAll((one) => isScore(one, records));
  for (const one of scores) missingIn(one).forEach((token) => tokens.add(token));
  const factors = takeAll((one) => isText(one) && isFactor(one, count));
  const source = (one: Profile | undefined, otherwise: string) =>
    (one && textSource(one, count, tokens)) ?? { value: otherwise };
  return {
    records,
    ...(id ? { id: id.name } : {}),
    model: source(model, NOT_RECORDED),
    scenario: source(scenario, name),
    factors: Object.fromEntries(factors.map((one) => factorOf(one, count, tokens))),
    labels: scores.length === 0 ? [] : [{
      labeler: "dataset",
      kind: "dataset",
      scores: Object.fromEntries(scores.map((one) => [one.name, scoreSource(one, tokens)])),
    }],
    ...(list ? { messages: { list: list.name } } : {}),
    ...(roles.length > 0 ? { messages: Object.fromEntries(roles) } : {}),
    missing: [...tokens],
  };
}

/** A source that gives every record a text; `undefined` where none can. */
function textSource(profile: Profile, count: number, tokens: ReadonlySet<string>) {
  const { name, values, present, structured, longest } = profile;
  if (structured > 0) return undefined;
  const isBlank = [...profile.tokens].some((token) => !isLevel(name, token));
  if (present === count && !isBlank && ![...values].some((value) => tokens.has(value))) return name;
  if (values.size > MANY || longest > LONGEST) return undefined;
  const map = Object.fromEntries([...values, ""].map((value) => [value, value || NOT_RECORDED]));
  return { from: name, map };
}

/** A column of yes and no in any spelling becomes true and false; anything else stays as delivered. */
function scoreSource(profile: Profile, tokens: ReadonlySet<string>) {
  const { name, values, text } = profile;
  const missing = missingIn(profile);
  const said = [...values].filter((value) => !missing.has(value));
  if (text > 0 && said.some(isYesNo)) {
    return { from: name, map: Object.fromEntries(said.map((value) => [value, isYes(value)])) };
  }
  if (!said.some((value) => tokens.has(value))) return name;
  return { from: name, map: Object.fromEntries(said.map((value) => [value, value])) }; // missing elsewhere, a word here
}

/** The texts of a score that say "no value"; beside other words, as `severe`, `none` says something. */
function missingIn({ values, tokens, longest }: Profile): ReadonlySet<string> {
  const others = [...values].filter((value) => !tokens.has(value));
  const words = values.size <= MANY && longest <= LONGEST &&
    others.some((value) => !isYesNo(value) && !Number.isFinite(Number(value)));
  return new Set([...tokens].filter((token) => !(words && token.toLowerCase() === "none")));
}

/** A factor with fixed levels must have these; where the values are others, it gets another name. */
function factorOf(profile: Profile, count: number, tokens: ReadonlySet<string>): [string, unknown] {
  const name = last(profile.name);
  const source = textSource(profile, count, tokens);
  if (!Object.hasOwn(FIXED_FACTORS, name)) return [profile.name, source];
  const values = [...profile.values];
  if (profile.present === count && values.every((value) => isLevel(name, value))) {
    // Where another column says "none" for no value, only a map keeps it a level here.
    const map = Object.fromEntries(values.map((value) => [value, value]));
    const isPlain = source === profile.name;
    return [name, isPlain ? source : { from: profile.name, map }];
  }
  if (name === "goal_conflict" && typeof source === "string" && values.every(isYesNo)) {
    const map = Object.fromEntries(values.map((value) => [value, isYes(value) ? "conflict" : "none"]));
    return [name, { from: profile.name, map }];
  }
  return [`${name}_as_delivered`, source];
}

function isScore(
  { name, values, present, text, numeric, blank, structured, tokens, longest }: Profile,
  records: string,
): boolean {
  if (present === 0 || structured > 0 || Object.hasOwn(FIXED_FACTORS, last(name))) return false;
  if (BOOKKEEPING.test(name) && !JUDGED.test(name)) return false;
  if (text === 0) return true; // numbers, true and false
  if (text === blank) return present > text;
  if (values.size <= MANY && [...values].every((value) => tokens.has(value) || isYesNo(value))) return true;
  if (values.size <= MANY && longest <= LONGEST && JUDGED.test(name)) return true;
  return records === "csv" && numeric + blank === text;
}

function isModel({ name, values }: Profile): boolean {
  if (MODEL.test(last(name))) return true;
  return /^target$/i.test(last(name)) && values.size > 0 && [...values].every((value) => MODEL_NAME.test(value));
}

/** True for a level of a factor with fixed levels: `none` of `threat` is one, and says "no value" nowhere. */
function isLevel(name: string, value: string): boolean {
  const factor = last(name);
  return Object.hasOwn(FIXED_FACTORS, factor) && FIXED_FACTORS[factor].includes(value);
}

function isFactor({ name, values, tokens, longest }: Profile, count: number): boolean {
  const levels = [...values].filter((value) => !tokens.has(value) || isLevel(name, value)).length;
  if (levels === 0 || values.size > MANY || longest > 60) return false;
  if (Object.hasOwn(FIXED_FACTORS, last(name))) return true;
  return !BOOKKEEPING.test(name) && !JUDGED.test(name) && levels <= Math.max(1, count / 2);
}

function isYesNo(value: string): boolean {
  return isYes(value) || NO.includes(value.toLowerCase());
}

function isYes(value: string): boolean {
  return YES.includes(value.toLowerCase());
}

/** The last part of a path: `goal` of `info.goal`, `resps` of `resps.0.0`. */
function last(path: string): string {
  const name = path.replace(/(\.0)+$/, "");
  return name.slice(name.lastIndexOf(".") + 1);
}
