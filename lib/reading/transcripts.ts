/**
 * Full transcripts that a data set names but does not ship: joined in where they are on disk.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Card } from "../samples/dataset_card.ts";
import { formatNamed } from "./known_formats.ts";
import type { Problem } from "../samples/load_report.ts";
import type { Opener } from "./bytes/source.ts";
import { readPlan } from "./read_plan.ts";
import type { Sample } from "../samples/sample.ts";

/** Where `deno task fetch NAME` puts the transcripts of a data set. */
export function rawFolder(name: string): string {
  return fileURLToPath(new URL(`../../data/raw/${name}`, import.meta.url));
}

/** Messages by sample id, and what could not be used. */
interface Transcripts {
  readonly messages: ReadonlyMap<string, Sample["messages"]>;
  readonly rejected: readonly Problem[];
}

/**
 * Reads the transcripts of a card from `data/raw/NAME/`, as far as they are there. Only messages are taken: codings
 * stay as shipped. A file whose sha256 is not the card's is rejected, and its transcripts do not join.
 */
export async function readTranscripts({ name, transcripts }: Card, open: Opener): Promise<Transcripts> {
  const messages = new Map<string, Sample["messages"]>();
  const rejected: Problem[] = [];
  for (const { path, sha256 } of transcripts?.files ?? []) {
    const file = join(rawFolder(name), path);
    const found = await sha256Of(file);
    if (transcripts === undefined || found === undefined || !path.endsWith(".jsonl")) continue;
    if (found !== sha256) {
      rejected.push({
        file,
        at: "file",
        reason: `sha256 is not the one in dataset.json: found ${found}; fetch it again`,
      });
      continue;
    }
    const format = formatNamed(transcripts.format);
    for await (const entries of readPlan({ path: file, format, files: [file], rejected: [], passedOver: [] }, open)) {
      for (const entry of entries) {
        if ("sample" in entry) messages.set(entry.sample.id, entry.sample.messages);
        if ("reject" in entry) rejected.push(entry.reject);
      }
    }
  }
  return { messages, rejected };
}

async function sha256Of(file: string): Promise<string | undefined> {
  try {
    return createHash("sha256").update(await Deno.readFile(file)).digest("hex");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
