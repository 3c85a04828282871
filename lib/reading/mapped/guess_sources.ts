/**
 * How the values of one column become a text, a score or a factor: guessed from what was seen in it.
 *
 * @module
 */
import { FIXED_FACTORS } from "../../samples/schema.ts";
import { NO_WORDS, YES_WORDS } from "../../samples/yes_no.ts";
import { BOOKKEEPING, EXPECTED, inWords, JUDGED, last, NAMED } from "./column_names.ts";
import { LONGEST, MANY, type Profile } from "./profile.ts";

/** A name for what is not in the data. */
export const NOT_RECORDED = "not recorded";

/** A source that gives every record a text; `undefined` where none can. */
export function textSource(profile: Profile, count: number, tokens: ReadonlySet<string>) {
  const { name, values, present, structured, longest } = profile;
  if (structured > 0) return undefined;
  const isBlank = [...profile.tokens].some((token) => !isLevel(name, token));
  if (present === count && !isBlank && ![...values].some((value) => tokens.has(value))) return name;
  if (values.size > MANY || longest > LONGEST) return undefined;
  const map = Object.fromEntries([...values, ""].map((value) => [value, value || NOT_RECORDED]));
  return { from: name, map };
}

/** A column of yes and no in any spelling becomes true and false; anything else stays as delivered. */
export function scoreSource(profile: Profile, tokens: ReadonlySet<string>) {
  const { name, values, text } = profile;
  const missing = missingIn(profile);
  const said = [...values].filter((value) => !missing.has(value));
  if (text > 0 && said.some(isWord) && said.every(isYesNo)) {
    return { from: name, map: Object.fromEntries(said.map((value) => [value, isYes(value)])) };
  }
  if (!said.some((value) => tokens.has(value))) return name;
  return { from: name, map: Object.fromEntries(said.map((value) => [value, value])) }; // missing elsewhere, a word here
}

/** The texts of a score that say "no value"; beside other words, as `severe`, `none` says something. */
export function missingIn({ values, tokens, longest }: Profile): ReadonlySet<string> {
  const others = [...values].filter((value) => !tokens.has(value));
  const words = values.size <= MANY && longest <= LONGEST &&
    others.some((value) => !isYesNo(value) && !Number.isFinite(Number(value)));
  return new Set([...tokens].filter((token) => !(words && token.toLowerCase() === "none")));
}

/** A factor with fixed levels must have these; where the values are others, it gets another name. */
export function factorOf(profile: Profile, count: number, tokens: ReadonlySet<string>): [string, unknown] {
  const name = profile.name.slice(profile.name.lastIndexOf(".") + 1);
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

/** Whether a column is what somebody judged or measured. */
export function isScore(
  { name, values, present, text, numeric, blank, structured, tokens, longest }: Profile,
  isTable: boolean,
): boolean {
  const named = inWords(name);
  const isJudged = JUDGED.test(last(name));
  if (present === 0 || structured > 0 || Object.hasOwn(FIXED_FACTORS, last(name)) || EXPECTED.test(last(name))) {
    return false;
  }
  if (NAMED.test(name)) return false;
  if (BOOKKEEPING.test(named) && !isJudged) return false;
  if (text === 0) return true; // numbers, true and false
  if (text === blank) return present > text;
  if (values.size <= MANY && [...values].every((value) => tokens.has(value) || isYesNo(value))) return true;
  if (values.size <= MANY && longest <= LONGEST && isJudged) return true;
  return isTable && numeric + blank === text;
}

/** True for a level of a factor with fixed levels: `none` of `threat` is one, and says "no value" nowhere. */
export function isLevel(name: string, value: string): boolean {
  const factor = last(name);
  return Object.hasOwn(FIXED_FACTORS, factor) && FIXED_FACTORS[factor].includes(value);
}

/** Whether a column is what was varied. */
export function isFactor({ name, values, tokens, longest }: Profile, count: number): boolean {
  const levels = [...values].filter((value) => !tokens.has(value) || isLevel(name, value)).length;
  if (levels === 0 || values.size > MANY || longest > 60) return false;
  if (Object.hasOwn(FIXED_FACTORS, last(name))) return true;
  return !BOOKKEEPING.test(inWords(name)) && !JUDGED.test(last(name)) && !EXPECTED.test(last(name)) &&
    levels <= Math.max(levels < count ? 2 : 1, count / 2);
}

function isYesNo(value: string): boolean {
  return isYes(value) || NO_WORDS.includes(value.trim().toLowerCase());
}

function isYes(value: string): boolean {
  return YES_WORDS.includes(value.trim().toLowerCase());
}

/** A yes or no that is not a number anyway. */
function isWord(value: string): boolean {
  return isYesNo(value) && !/^\s*[01]\s*$/.test(value);
}
