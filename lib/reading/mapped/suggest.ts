/**
 * Guesses a first `dataset.json` for files of no known format, by the names and values of their columns or fields; for
 * files of a known one, a card that says what it finds. It is made to be edited: it loads as it is, and may be wrong about
 * what things mean.
 *
 * @module
 */
import { basename, dirname, relative } from "node:path";
import type { Format } from "../formats/format.ts";
import { readRecords } from "../formats/records.ts";
import { itemsOf, listsIn, readJsonText } from "../bytes/json_list.ts";
import type { Fields, RecordRead } from "../bytes/record.ts";
import type { Opener } from "../bytes/source.ts";
import { parquetRecords } from "../parquet/records.ts";
import { YES_WORDS } from "../../samples/yes_no.ts";
import { fieldsOf } from "./changes.ts";
import { last, MODEL_IN_FILE } from "./column_names.ts";
import { type Guess, guessMapping, keyCandidates, labelerIn, type Whole } from "./guess_mapping.ts";
import { factorOf, isFactor } from "./guess_sources.ts";
import { createKeys } from "./keys.ts";
import { createProfiles, type Profile } from "./profile.ts";

/** Files to suggest one card for. */
export interface Suggested {
  /** Where the card is to be put; paths in it start there. */
  readonly folder: string;
  readonly name: string;
  readonly files: readonly string[];
  /** What they are in, where that is known; records of anyone otherwise. */
  readonly format: Format | Whole["records"];
}

/** A card, and what to count first by it: options of `deno task rates`. */
export interface Suggestion {
  readonly card: Record<string, unknown>;
  readonly options: readonly string[];
}

/**
 * A first `dataset.json`, to be put into the folder of the files.
 *
 * @throws {TypeError} if no record can be read
 */
export async function suggestCard(suggested: Suggested, open: Opener): Promise<Suggestion> {
  const { format } = suggested;
  return typeof format === "string"
    ? await mappedCard(suggested, format, open)
    : await formatCard(suggested, format, open);
}

async function mappedCard(
  { folder, name, files, format: _, ...rest }: Suggested,
  records: Whole["records"],
  open: Opener,
): Promise<Suggestion> {
  const list = records === "json" ? await longestList(files[0], open) : undefined;
  const pathOf = (file: string) => relative(folder, file).replaceAll("\\", "/");
  const each = async (use: (fields: Fields, path: string) => void): Promise<string> => {
    let problem = "it is empty";
    for (const file of files) {
      const batches: AsyncGenerator<RecordRead[]> = records === "parquet"
        ? parquetRecords(file, open)
        : readRecords(file, records, open, { list });
      for await (const batch of batches) {
        for (const record of batch) {
          if ("fields" in record) use(record.fields, pathOf(file));
          else problem = `${record.at}: ${record.reason}`;
        }
      }
    }
    return problem;
  };
  const profiler = createProfiles();
  let count = 0;
  const problem = await each((fields) => {
    profiler.add(fields);
    count++;
  });
  if (count === 0) throw new TypeError(`Cannot suggest a mapping as no record of ${files[0]} can be read: ${problem}`);
  const profiles = profiler.all();
  const whole: Whole = { records, list, count, name, path: differingPath(files.map(pathOf)), ...rest };
  const keys = createKeys(keyCandidates(profiles, count, whole), labelerIn(profiles, count)?.name);
  await each(keys.add);
  const guess = guessMapping(profiles, keys.key(), whole);
  return {
    card: {
      ...head(name, "mapped"),
      mapping: guess.mapping,
      files: filesOf(files, pathOf, open),
      ...tail(guess.labelers, guess.notes),
    },
    options: optionsFor(guess),
  };
}

/** The card of a known format: factors from what was recorded beside its samples, spelt out so that they can be edited. */
async function formatCard({ folder, name, files }: Suggested, format: Format, open: Opener): Promise<Suggestion> {
  const recorded = createProfiles();
  const levels = new Map<string, Set<string>>();
  const scores = new Set<string>();
  const labelers = new Set<string>();
  let count = 0;
  for (const unit of format.together ? [files] : files.map((file) => [file])) {
    for await (const found of format.read(unit, open)) {
      for (const entry of [found].flat()) {
        if (!("sample" in entry)) continue;
        count++;
        const { metadata, task_args } = fieldsOf(entry);
        recorded.add({ metadata, task_args });
        for (const [factor, level] of Object.entries(entry.sample.condition)) {
          levels.set(factor, (levels.get(factor) ?? new Set()).add(level));
        }
        for (const label of entry.sample.labels) {
          labelers.add(label.labeler);
          Object.keys(label.scores ?? {}).forEach((score) => scores.add(score));
        }
      }
    }
  }
  if (count === 0 && format.name !== "counts") {
    throw new TypeError(`Cannot suggest a card as no sample of ${files[0]} can be read`);
  }
  const more = recorded.all().filter((one) =>
    one.structured === 0 && one.present === count && isFactor(one, count) && !levels.has(one.name.replace(/^\w+\./, ""))
  );
  const factors = Object.fromEntries(more.map((one) => factorOf(one, count, new Set([""]))));
  const pathOf = (file: string) => relative(folder, file).replaceAll("\\", "/");
  const varied = [...levels].filter(([, found]) => found.size > 1).map(([factor]) => factor);
  return {
    card: {
      ...head(name, format.name),
      ...Object.keys(factors).length > 0 ? { mapping: { factors } } : {},
      files: filesOf(files, pathOf, open),
      ...tail([...labelers], []),
    },
    options: ["--by", varied[0] ?? "model", ...scores.size === 0 ? [] : ["--label", [...scores][0]]],
  };
}

function head(name: string, format: string) {
  return { name, title: `${name}: say in one line what this is`, format };
}

function filesOf(files: readonly string[], pathOf: (file: string) => string, open: Opener) {
  const hashes = new Map(open.opened().map(({ path, sha256 }) => [path, sha256]));
  return files.map((file) => ({ path: pathOf(file), sha256: hashes.get(file) }));
}

function tail(labelers: readonly string[], notes: readonly string[]) {
  return {
    labelers: Object.fromEntries(
      (labelers.length > 0 ? labelers : ["dataset"]).map((one) => [one, "say who gave the scores, and how"]),
    ),
    cluster: "say what is not independent; without a mapping for it, the same scenario and condition",
    source: { url: "https://example.org/say-where-it-is-from", licence: "say which" },
    excluded: [],
    notes,
  };
}

/** The list of records with the most of them. */
async function longestList(file: string, open: Opener): Promise<string> {
  const text = await readJsonText(file, open);
  const lists = listsIn(text).map((list) => ({
    path: list.path,
    length: itemsOf(text, list).reduce((sum) => sum + 1, 0),
  }));
  if (lists.length === 0) throw new TypeError(`Cannot suggest a mapping as ${file} holds no list of records`);
  return lists.reduce((best, one) => one.length > best.length ? one : best).path;
}

/** What differs between the paths of several files, as a source; of one file, the model that its name holds. */
function differingPath(paths: readonly string[]): Whole["path"] {
  if (paths.length === 1) {
    const found = MODEL_IN_FILE.exec(basename(paths[0]).replace(/(\.\w{1,7})+$/, ""))?.[0];
    return found === undefined ? undefined : { value: found };
  }
  const names = paths.map((path) => basename(path));
  if (new Set(names).size < names.length) {
    return new Set(paths.map(dirname)).size === paths.length ? { path: "([^/]+)/[^/]+$" } : undefined;
  }
  const [first] = names;
  const shared = (at: (name: string, index: number) => string) => {
    let length = 0;
    while (length < first.length && names.every((name) => at(name, length) === at(first, length))) length++;
    return length;
  };
  const start = shared((name, index) => name[index]);
  const end = Math.min(
    shared((name, index) => name[name.length - 1 - index]),
    Math.min(...names.map(({ length }) => length)) - start,
  );
  // A name begins and ends where a word does: claude-a and claude-b are not a and b.
  const before = first.slice(0, start).replace(/[^_/ ]*$/, "");
  const after = first.slice(first.length - end).replace(/^[^._ ]*/, "");
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return { path: `${before === "" ? "" : literal(before)}([^/]+)${literal(after)}$` };
}

/** Names of what a model did, and of what is said about such a verdict. */
const OUTCOME = /refus|harm|compl|verdict|label|outcome|success|pass|unsafe|correct|^score$/i;
const ASIDE = /agree|flag|parse|cached|confiden|reason|valid/i;

/** What to count first: a score that is yes or no if there is one. */
function optionsFor({ scores, factors, whose }: Guess): string[] {
  const isPlain = ({ values, text, longest }: Profile) =>
    text === 0 && [...values].every((value) => /^(true|false|[01](\.0)?)$/.test(value)) ||
    longest <= 5 && [...values].some((value) => YES_WORDS.includes(value.toLowerCase()));
  const found = scores.filter(({ name }) => !ASIDE.test(last(name)));
  const outcomes = found.filter(({ name }) => OUTCOME.test(last(name)));
  const score = [...outcomes, ...found].find(isPlain) ?? outcomes[0] ?? scores[0];
  const by = ["--by", factors[0] ?? "model"];
  if (score === undefined) return by;
  const values = [...score.values].sort();
  const counting = isPlain(score)
    ? []
    : score.text > 0 && values.some((value) => !Number.isFinite(Number(value)))
    ? ["--counts", values.find((value) => /refus|harm|unsafe|fail/i.test(value)) ?? values[0]]
    : ["--at-least", values.map(Number).sort((a, b) => b - a)[0].toString()];
  return [...by, "--label", score.name, ...whose.length > 1 ? ["--labeler", whose[0]] : [], ...counting];
}
