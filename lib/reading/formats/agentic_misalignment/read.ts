/**
 * The result trees of github.com/anthropic-experimental/agentic-misalignment: one `response.json` a sample, in
 * `<experiment>/models/<model>/<condition>/sample_001/` or, older, without `models/`; and the tree of experiments that
 * add a level, `<model>/<identity>/<condition>/sample_001/`.
 *
 * @module
 */
import { basename, dirname, join, resolve, sep } from "node:path";
import { conditionOfId } from "../condition_id.ts";
import type { FileHead, Format } from "../format.ts";
import { messagesOf, problemOf, promptReader, readBeside, readSmall, settingOf } from "./metadata.ts";
import { parseClassificationBeside, parseResponse } from "./response.ts";
import type { Entry, NumberingGap } from "../../../samples/load_report.ts";
import type { Opener } from "../../bytes/source.ts";
import type { Condition, Place } from "../../../samples/sample.ts";

/** One sample a `response.json`; the prompts join from the prompt folder where it is there. */
export const framework: Format = {
  name: "framework",
  needs: "raw_response, classification, or error with metadata.failed in a file named response.json",
  fits,
  together: true, // so that ids are unique over the tree and each prompt folder is read once
  verdict: { label: "harmful_behavior", true_is: "subvert" },
  gaps: numberingGaps,
  read,
};

const RESPONSE = "response.json";
const MODELS = "models";
const BESIDE = "classification_anthropic.json";

/** A broken response is known by its folder, so that it is rejected by name and not passed over. */
function fits({ path, name, text }: FileHead): boolean {
  if (name !== RESPONSE) return false;
  return /^sample_\d+$/.test(basename(dirname(path))) || /"(raw_response|classification)"\s*:/.test(text) ||
    (/"error"\s*:/.test(text) && /"failed"\s*:\s*true/.test(text));
}

async function* read(files: readonly string[], open: Opener): AsyncGenerator<Entry> {
  const tree: Tree = {
    depth: idDepth(files),
    identities: await identityFolders(files),
    promptsOf: promptReader(open),
    open,
  };
  for (const file of files) {
    // What is thrown here would end the whole tree: it is the problem of one file.
    try {
      yield* readSample(file, tree);
    } catch (error) {
      yield { reject: problemOf(file, error) };
    }
  }
}

/** What is known of a tree while it is read. */
interface Tree {
  readonly depth: number;
  readonly identities: ReadonlySet<string>;
  readonly promptsOf: ReturnType<typeof promptReader>;
  readonly open: Opener;
}

async function* readSample(file: string, tree: Tree): AsyncGenerator<Entry> {
  const response = parseResponse(await readSmall(file, tree.open));
  const { model, identity } = placeOf(file, response.model, tree.identities);
  const { name, prompts, problems } = await conditionOf(file, response.condition, tree);
  for (const reject of problems) yield { reject };
  const setting = settingOf(name, prompts?.metadata);
  if ("reason" in setting) {
    yield { reject: { file, at: "file", reason: setting.reason } };
    return;
  }
  const beside = join(dirname(file), BESIDE);
  let labels = response.labels;
  try {
    const content = await readBeside(beside, tree.open);
    if (content !== undefined) labels = [...labels, ...parseClassificationBeside(content)];
  } catch (error) {
    yield { reject: problemOf(beside, error) };
  }
  const condition = identity === undefined ? setting.condition : { ...setting.condition, identity };
  yield {
    sample: {
      id: idOf(file, tree.depth),
      model,
      scenario: setting.scenario,
      condition,
      cluster: clusterIn(name, condition),
      ...response.message && { messages: messagesOf(prompts, identity, response.message) },
      labels,
      source: { file, at: "file" },
    },
  };
}

/** Samples of the same prompt text: the prompt folder's name, and what is not in that name. */
function clusterIn(name: string, { identity, prohibition = "none", alignment_faking, tier }: Condition): string {
  const parts = [
    ["identity", identity],
    ["prohibition", prohibition === "none" ? undefined : prohibition],
    ["alignment_faking", alignment_faking === "true" ? alignment_faking : undefined],
    ["tier", tier],
  ];
  return [name, ...parts.filter(([, level]) => level !== undefined).map((part) => part.join("="))].join(" ");
}

/**
 * The name of a condition and its prompts: by its folder, and where that is no condition's name and has no prompts, by
 * the name in the response (as in a file moved out of its tree), which must not lead to another folder.
 */
async function conditionOf(file: string, said: string | undefined, { promptsOf }: Tree) {
  const folder = dirname(dirname(resolve(file)));
  const name = basename(folder);
  const found = await promptsOf(folder, name);
  const isName = found.prompts !== undefined || conditionOfId(name) !== undefined;
  if (isName || said === undefined || basename(said) !== said) return { name, ...found };
  return { name: said, ...await promptsOf(folder, said) };
}

/**
 * The model, and the identity where the tree has them. The model is then one folder higher: told by `models/`, by which
 * of the two folders is named as the model, or by a classification beside any sample.
 */
function placeOf(file: string, model: string | undefined, identities: ReadonlySet<string>) {
  const folder = dirname(dirname(dirname(resolve(file))));
  const [lower, upper, top] = [folder, dirname(folder), dirname(dirname(folder))].map((path) => basename(path));
  const asFolder = model?.replace(/[/:]/g, "_");
  const hasIdentity = upper !== MODELS &&
    (top === MODELS || (asFolder !== lower && (asFolder === upper || identities.has(folder))));
  return hasIdentity ? { model: model ?? upper, identity: lower } : { model: model ?? lower };
}

/** Folders `<model>/<identity>` in which any sample has a classification beside it. */
async function identityFolders(files: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const file of files) {
    const folder = dirname(dirname(dirname(resolve(file))));
    if (!found.has(folder) && await Deno.lstat(join(dirname(file), BESIDE)).catch(() => undefined)) found.add(folder);
  }
  return found;
}

/** `<experiment>/<model>/<condition>/sample_001`, or `<model>/<identity>/…`. */
const ID_DEPTH = 4;

/** An id is the end of the path, so that it is the same wherever the tree lies and whatever part of it is loaded. */
function idOf(file: string, depth: number): string {
  return dirname(resolve(file)).split(sep).filter((part) => part !== MODELS).slice(-depth).join("/");
}

/** How many parts of the path make ids unique: more where two trees have the same experiment. */
function idDepth(files: readonly string[]): number {
  const idsAt = (depth: number) => new Set(files.map((file) => idOf(file, depth))).size;
  const all = idsAt(Infinity); // fewer than files where the same sample lies in both layouts
  let depth = ID_DEPTH;
  while (idsAt(depth) < all) depth++;
  return depth;
}

/**
 * Finds gaps in the numbers of sample folders, for each model and condition. Give it the places of samples, rejects and
 * duplicates alike: a file that was met is no gap. Numbers missing at the end cannot be known.
 *
 * @example
 * ```ts
 * import { numberingGaps } from "$lib/reading/formats/agentic_misalignment/read.ts";
 * import assert from "node:assert/strict";
 *
 * const places = [2, 5].map((number) => ({ file: `m/c/sample_00${number}/response.json`, at: "file" }));
 * assert.deepEqual(numberingGaps(places), [{ folder: "m/c", from: 1, to: 1 }, { folder: "m/c", from: 3, to: 4 }]);
 * ```
 */
export function numberingGaps(places: Iterable<Place>): NumberingGap[] {
  const numbers = new Map<string, Set<number>>();
  for (const { file } of places) {
    const [, folder, number] = /^(.*)[/\\]sample_(\d+)[/\\]response\.json$/.exec(file) ?? [];
    if (folder !== undefined) numbers.set(folder, (numbers.get(folder) ?? new Set()).add(Number(number)));
  }
  return [...numbers].flatMap(([folder, met]) => {
    const sorted = [0, ...met].sort((a, b) => a - b);
    return sorted.slice(1).flatMap((number, index) =>
      number > sorted[index] + 1 ? [{ folder, from: sorted[index] + 1, to: number - 1 }] : []
    );
  });
}
