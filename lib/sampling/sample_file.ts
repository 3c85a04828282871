/**
 * The file of samples: one line each, added the moment a sample is done, and never held in memory.
 *
 * A failure that may pass, such as a time-out, has a line too, so that what is there at any time can be counted with what
 * is missing. When the file is opened to go on, such lines are taken out: those samples are asked for again, and an id
 * stands once.
 *
 * @module
 */
import { openTail } from "../asking/store.ts";
import { isFinal } from "../asking/task.ts";
import { parseJson } from "../json/strict.ts";
import { lineBatches } from "../reading/bytes/lines.ts";
import { sampleSchema } from "../samples/schema.ts";
import { explain } from "../samples/schema.ts";
import type { SampledLine } from "./sample_of.ts";

/** What is known of a sample in the file. */
export interface HeldSample extends Pick<SampledLine["generation"], "usage" | "calls" | "unanswered" | "answered_by"> {
  readonly id: string;
  readonly key: string;
  readonly missing?: string;
  readonly finish?: string;
}

/** An open file of samples. */
export interface SampleFile {
  /** The samples that were in it and stay, by their key. */
  readonly held: ReadonlyMap<string, HeldSample>;
  /** Adds a sample. When this returns, a kill of the process loses it no more. @throws {Error} if it cannot be written */
  readonly add: (sample: SampledLine) => void;
  /** Writes through to the disk and closes. @throws {Error} if the disk does not take it */
  readonly close: () => Promise<void>;
}

/**
 * Opens a file of samples, or makes it.
 *
 * @param isOver false where a sample is to be asked for again whatever its line says
 * @throws {SyntaxError} if a line other than a torn last one is no sample that was sampled here; nothing is changed then
 */
export async function openSampleFile(path: string, isOver: (key: string) => boolean): Promise<SampleFile> {
  const held = new Map<string, HeldSample>();
  const rest = `${path}.unfinished`;
  let isChanged = false;
  const kept = Deno.openSync(rest, { write: true, create: true, truncate: true });
  try {
    for await (const { text, sample } of samplesIn(path)) {
      if (sample === undefined || !isFinal(sample) || !isOver(sample.key) || held.has(sample.key)) {
        isChanged = true;
        continue;
      }
      held.set(sample.key, sample);
      const bytes = new TextEncoder().encode(`${text}\n`);
      for (let done = 0; done < bytes.length;) done += kept.writeSync(bytes.subarray(done));
    }
    kept.syncSync();
  } catch (error) {
    Deno.removeSync(rest);
    throw error;
  } finally {
    kept.close();
  }
  if (isChanged) Deno.renameSync(rest, path);
  else Deno.removeSync(rest);
  const file = Deno.openSync(path, { read: true, write: true, create: true });
  const { size } = file.statSync();
  const tail = openTail(file, path, { keep: size, cut: 0, lacksEnd: false });
  return {
    held,
    add: (sample) => tail.add(new TextEncoder().encode(`${JSON.stringify(sample)}\n`)),
    close: async () => {
      try {
        await tail.done();
      } finally {
        file.close();
      }
    },
  };
}

/** The lines of the file; of a last one that a kill has torn, no sample. */
async function* samplesIn(path: string): AsyncGenerator<{ text: string; sample?: HeldSample }> {
  const file = await Deno.open(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
  if (file === undefined) return;
  let torn: SyntaxError | undefined;
  for await (const batch of lineBatches(file.readable)) {
    for (const line of batch) {
      if (torn !== undefined) throw torn;
      const text = "text" in line ? line.text : "";
      try {
        yield { text, sample: heldOf(text) };
      } catch (error) {
        torn = new SyntaxError(
          `Cannot sample into ${path} as line ${line.number} is no sample of this command: ` +
            `${(error as Error).message}; name another --out`,
        );
        yield { text };
      }
    }
  }
  const isWhole = torn !== undefined && await endsWithNewline(path);
  if (isWhole) throw torn;
}

function heldOf(text: string): HeldSample {
  const { success, data, error } = sampleSchema.safeParse(parseJson(text));
  if (!success) throw new SyntaxError(explain(error));
  if (data.generation === undefined) throw new SyntaxError("it has no generation");
  const { key, missing, finish, usage, calls, unanswered, answered_by } = data.generation;
  const given = { missing, finish, usage, calls, unanswered, answered_by };
  return {
    id: data.id,
    key,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

async function endsWithNewline(path: string): Promise<boolean> {
  using file = await Deno.open(path);
  await file.seek(-1, Deno.SeekMode.End);
  const last = new Uint8Array(1);
  await file.read(last);
  return last[0] === 10;
}
