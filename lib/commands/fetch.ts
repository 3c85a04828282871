/**
 * `deno task fetch`: brings the transcripts that a data set names but does not ship to `data/raw/NAME/`, each checked
 * against its sha256.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { parseCard } from "../samples/dataset_card.ts";
import { rawFolder } from "../reading/transcripts.ts";
import { main, STATUS, UsageError } from "./shared/main.ts";
import { parseJson } from "../json/strict.ts";
import { tell } from "./shared/print.ts";

const USAGE = `deno task fetch NAME [--from DIR]

Downloads the transcripts of a data set from the commit its card pins, checks sha256, and puts them in data/raw/NAME/.
  --from   takes them from a local copy of that repository folder instead of the network
Exit status: 0, 1 when a file could not be had or its sha256 differs (it is then not kept), 2 for wrong use.`;

async function fetchTranscripts(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { from: { type: "string" } } });
  const [name] = positionals;
  if (positionals.length !== 1) throw new UsageError("Cannot fetch: name one data set");
  const transcripts = await transcriptsOf(name);
  let failed = 0;
  for (const { path, sha256 } of transcripts.files) {
    const problem = await bring(path, sha256, values.from ?? transcripts.base, join(rawFolder(name), path));
    tell(`${problem === undefined ? "ok" : "failed"}: ${path}${problem === undefined ? "" : `: ${problem}`}`);
    if (problem !== undefined) failed++;
  }
  tell(`${transcripts.files.length - failed} of ${transcripts.files.length} files in data/raw/${name}`);
  return failed > 0 ? STATUS.problem : STATUS.ok;
}

async function transcriptsOf(name: string) {
  const file = new URL(`../../data/${name}/dataset.json`, import.meta.url);
  const card = await Deno.readTextFile(file).then((text) => parseCard(parseJson(text)).data, () => undefined);
  if (card?.transcripts === undefined) {
    throw new UsageError(`Cannot fetch ${name}: no data set of that name has transcripts`);
  }
  return card.transcripts;
}

/** Brings one file and returns what went wrong, if anything. A file already there with the right hash is left alone. */
async function bring(path: string, sha256: string, from: string, to: string): Promise<string | undefined> {
  const there = await Deno.readFile(to).catch(() => undefined);
  if (there !== undefined && hashOf(there) === sha256) return undefined;
  try {
    const bytes = /^https?:/.test(from) ? await download(new URL(path, from)) : await Deno.readFile(join(from, path));
    const found = hashOf(bytes);
    if (found !== sha256) return `sha256 is ${found}, expected ${sha256}; not kept`;
    await Deno.mkdir(dirname(to), { recursive: true });
    await Deno.writeFile(to, bytes);
  } catch (error) {
    return (error as Error).message;
  }
}

/** Returns the bytes at an address. @throws {Error} if the answer is not 2xx; the message has address and status */
export async function download(url: URL): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response.bytes();
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

if (import.meta.main) await main(USAGE, fetchTranscripts);
