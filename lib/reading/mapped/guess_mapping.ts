/**
 * A first mapping, guessed from profiles of columns: what a person would propose who reads their names and values.
 *
 * @module
 */
import { FIXED_FACTORS } from "../../samples/schema.ts";
import * as names from "./column_names.ts";
import { factorOf, isFactor, isScore, missingIn, NOT_RECORDED, scoreSource, textSource } from "./guess_sources.ts";
import { type Key, PATH } from "./keys.ts";
import { LONGEST, MANY, type Profile } from "./profile.ts";

/** What is known of the files as a whole. */
export interface Whole {
  readonly records: "csv" | "jsonl" | "json" | "parquet";
  /** Where in JSON the list is. */
  readonly list?: string;
  readonly count: number;
  readonly name: string;
  /** The part of the files' paths that differs, as a source; or the model that the only file's name holds. */
  readonly path?: { readonly path: string } | { readonly value: string };
}

/** A mapping, and what is to be said of it. */
export interface Guess {
  readonly mapping: Record<string, unknown>;
  /** Who gave the scores: their names, to be described in the card. */
  readonly labelers: readonly string[];
  readonly notes: readonly string[];
  readonly scores: readonly Profile[];
  /** Who gave them where several did, one a record. */
  readonly whose: readonly string[];
  readonly factors: readonly string[];
}

/** The column that says who gave a record's scores, if there is one that may. */
export function labelerIn(profiles: readonly Profile[], count: number): Profile | undefined {
  return profiles.find((one) =>
    names.LABELER.test(names.last(one.name)) && one.present === count && one.blank === 0 && one.structured === 0 &&
    one.text === count && one.longest <= LONGEST && one.values.size <= MANY && !isYesNoAlone(one)
  );
}

/** Sets of columns that may be the key of a record, the plainest first. */
export function keyCandidates(profiles: readonly Profile[], count: number, { path }: Whole): string[][] {
  const isWhole = (one: Profile) =>
    one.present === count && one.blank === 0 && one.structured === 0 && one.longest <= 200;
  const parts = profiles.filter((one) =>
    isWhole(one) && names.KEY.test(names.last(one.name)) && !isLong(one) && !isTurn(one)
  );
  const model = profiles.filter((one) => isModel(one) && isWhole(one)).map(({ name }) => name).slice(0, 1);
  const more = [...model, ...path !== undefined && "path" in path ? [PATH] : []];
  // What stands inside of something else is the key of that first.
  return [parts.filter(({ name }) => !name.includes(".")), parts].flatMap((some) => {
    const columns = some.map(({ name }) => name).slice(0, 6);
    const ids = columns.filter((name) => /id$|uuid|key/i.test(names.last(name)));
    const singles = [...ids, ...columns.filter((name) => !ids.includes(name))].map((name) => [name]);
    const together = columns.length > 1 ? [columns] : [];
    const withMore = (sets: readonly string[][]) => more.length === 0 ? [] : sets.map((one) => [...one, ...more]);
    return [...singles, ...withMore(singles), ...together, ...withMore(together)];
  }).slice(0, 32);
}

/** Guesses the mapping. */
export function guessMapping(profiles: readonly Profile[], key: Key | undefined, whole: Whole): Guess {
  const { records, list, count, name, path } = whole;
  const left = new Set(profiles);
  const take = (fits: (profile: Profile) => boolean): Profile | undefined => {
    const found = [...left].find(fits);
    if (found) left.delete(found);
    return found;
  };
  const takeAll = (fits: (profile: Profile) => boolean) => [...left].filter((one) => fits(one) && left.delete(one));
  const tokens = new Set([""]);
  const isText = (one: Profile) => textSource(one, count, tokens) !== undefined;
  const labeler = labelerIn(profiles, count);
  const keyColumns = takeAll((one) => key?.columns.includes(one.name) === true && !isModel(one));
  const model = take((one) => names.MODEL.test(names.last(one.name)) && isText(one)) ??
    take((one) => isModel(one) && isText(one));
  const scenario = take((one) => names.SCENARIO.test(names.last(one.name)) && one.values.size <= MANY && isText(one));
  const conversation = take((one) => one.turns > 0 && one.conversations === one.present);
  const roles = Object.entries(names.MESSAGES).flatMap(([role, pattern]) => {
    const found = take((one) =>
      pattern.test(names.last(one.name)) && one.text > 0 && one.structured === 0 && !isCode(one)
    );
    return found && (!conversation || role === "system") ? [[role, found.name] as const] : [];
  });
  if (labeler) left.delete(labeler);
  const cluster = promptIn([...keyColumns, ...left], count) ??
    ((key?.columns.length ?? 0) > 1 ? keyColumns[0] : undefined);
  if (cluster) left.delete(cluster);
  const scores = takeAll((one) => isScore(one, records === "csv"));
  for (const one of scores) missingIn(one).forEach((token) => tokens.add(token));
  const factors = withoutCopies(takeAll((one) => isText(one) && isFactor(one, count)));
  const constant = factors.filter((one) =>
    count > 1 && one.values.size === 1 && one.present === count && !isFixed(one)
  );
  const varied = factors.filter((one) => !constant.includes(one));
  const fromPath = path ?? { value: NOT_RECORDED };
  const labels = labelsOf(scores, tokens, key === undefined ? undefined : labeler?.name);
  const ids = (key?.columns ?? []).map((column) => column === PATH ? fromPath : column);
  const messages = { ...Object.fromEntries(roles), ...conversation ? { list: conversation.name } : {} };
  const mapping = {
    records,
    ...list === undefined || list === "" ? {} : { list },
    ...ids.length === 0 ? {} : { id: ids.length === 1 ? ids[0] : ids },
    model: (model && textSource(model, count, tokens)) ?? fromPath,
    scenario: (scenario && textSource(scenario, count, tokens)) ?? { value: name },
    factors: Object.fromEntries(varied.map((one) => factorOf(one, count, tokens))),
    ...cluster && cluster.present === count ? { cluster: cluster.name } : {},
    labels,
    ...Object.keys(messages).length > 0 ? { messages } : {},
    missing: [...tokens],
  };
  const outside = labeler && key === undefined ? [labeler] : [];
  return {
    mapping,
    labelers: labels.flatMap(({ labeler }) =>
      typeof labeler === "string" ? [labeler] : [...profiles.find(({ name }) => name === labeler.from)?.values ?? []]
    ),
    notes: notesOn([...constant], [...left, ...outside].filter((one) => one.structured === 0 && one.present > 0)),
    scores,
    whose: key?.isPerLabeler ? [...labeler?.values ?? []] : [],
    factors: Object.keys(mapping.factors),
  };
}

function notesOn(constant: readonly Profile[], left: readonly Profile[]): string[] {
  const same = constant.map(({ name, values }) => `${name} = ${[...values].join("")}`);
  return [
    ...same.length === 0 ? [] : [`left out, the same in every record: ${same.join(", ")}`],
    ...left.length === 0
      ? []
      : [`left out, nothing here says what they are for: ${left.map(({ name }) => name).join(", ")}`],
  ];
}

/** Who gave which scores: one labeler from a column, or one for people, judges and rules by the names of columns. */
function labelsOf(scores: readonly Profile[], tokens: ReadonlySet<string>, column: string | undefined) {
  const sources = (some: readonly Profile[]) =>
    Object.fromEntries(some.map((one) => [one.name, scoreSource(one, tokens)]));
  if (scores.length === 0) return [];
  if (column !== undefined) {
    const kind = /annot|cod(er|ing)|rater|review|human/i.test(column) ? "human" : "judge";
    return [{ labeler: { from: column }, kind, scores: sources(scores) }];
  }
  const groups = Map.groupBy(scores, ({ name }) => {
    const words = names.last(name);
    if (names.ANNOTATOR.test(words)) return `human ${name}`;
    const by = Object.entries(names.GIVEN_BY).find(([, pattern]) => pattern.test(words));
    return by === undefined ? "dataset dataset" : `${by[0]} ${by[0]}`;
  });
  return [...groups].map(([who, some]) => {
    const [kind, labeler] = who.split(/ (.*)/s);
    return { labeler, kind, scores: sources(some) };
  });
}

function isModel({ name, values }: Profile): boolean {
  if (names.MODEL.test(names.last(name))) return true;
  return names.MODEL_ELSEWHERE.test(name) && values.size > 0 &&
    [...values].every((value) => names.MODEL_NAME.test(value));
}

function isFixed({ name }: Profile): boolean {
  return Object.hasOwn(FIXED_FACTORS, names.last(name));
}

/** A column of words such as `yes` and `no` says what was answered, not by whom. */
function isYesNoAlone({ values }: Profile): boolean {
  return [...values].every((value) => /^(yes|no|true|false|[01]|safe|unsafe|refus\w*|compl\w*|harm\w*)$/i.test(value));
}

/** Few short words in an answer's place are a code for it, and words without a space in a prompt's place are its name:
 *  no text that anybody wrote. */
function isCode(profile: Profile): boolean {
  const { name, values, longest } = profile;
  return names.MESSAGES.assistant.test(names.last(name)) && longest <= 1 && values.size <= MANY ||
    isPromptName(profile);
}

function isPromptName({ name, values, present }: Profile): boolean {
  return names.MESSAGES.user.test(names.last(name)) && values.size > 1 && values.size < present &&
    [...values].every((value) => value.length < LONGEST && !/\s/.test(value));
}

/** The id of the prompt: of several, the one that differs most. */
function promptIn(profiles: readonly Profile[], count: number): Profile | undefined {
  const isNamed = ({ name, unique }: Profile) =>
    names.PROMPT_ID.test(names.last(name)) || name === "id" && unique === undefined;
  const found = profiles.filter((one) =>
    (isNamed(one) || isPromptName(one)) && one.present === count && one.structured === 0 &&
    (one.values.size > 1 || count === 1)
  );
  return found.sort((a, b) => b.values.size - a.values.size).at(0);
}

/** Of fields that hold the same under the same name, as `vars.arm` and `test.vars.arm`, the one with the shortest path. */
function withoutCopies(factors: readonly Profile[]): Profile[] {
  const isSame = (one: Profile, other: Profile) =>
    names.last(one.name) === names.last(other.name) && one.values.size === other.values.size &&
    [...one.values].every((value) => other.values.has(value));
  return factors.filter((one) => !factors.some((other) => other.name.length < one.name.length && isSame(one, other)));
}

/** What was asked is no key: samples of the same prompt share it. */
function isTurn({ name, text }: Profile): boolean {
  return text > 0 && Object.values(names.MESSAGES).some((pattern) => pattern.test(names.last(name)));
}

/** Text that is no part of a key. */
function isLong({ text, longest, values }: Profile): boolean {
  return text > 0 && longest > LONGEST && values.size > MANY;
}
