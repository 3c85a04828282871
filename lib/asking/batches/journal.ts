/**
 * What was sent to the Batch API and not yet collected, kept beside the store: a batch takes up to a day, and the
 * process that sent it need not be the one that collects it.
 *
 * @module
 */
import { z } from "zod";
import { sha256 } from "../../samples/hash.ts";
import { parseJson } from "../../json/strict.ts";

/** A batch that was begun and is not collected. */
export interface OpenBatch {
  /** Our name for it: it stands in the batch's metadata, so that one whose id was lost is found again. */
  readonly name: string;
  readonly keys: readonly string[];
  /** The server's name for it; absent where the process ended before it was known. */
  readonly id?: string;
}

export interface BatchJournal {
  readonly open: () => readonly OpenBatch[];
  /** Notes that a batch is about to be sent, and returns its name. */
  readonly begin: (keys: readonly string[]) => string;
  readonly sent: (name: string, id: string) => void;
  /** Notes that nothing more will come of a batch. */
  readonly done: (name: string) => void;
}

const entrySchema = z.strictObject({
  batch: z.string(),
  keys: z.array(z.string()).optional(),
  id: z.string().optional(),
  done: z.literal(true).optional(),
});

/**
 * Opens a journal, or makes it. It has no lock of its own: the store that it is for is locked.
 *
 * @throws {SyntaxError} if a line other than a torn last one is no entry
 *
 * @example
 * ```ts
 * import { openBatchJournal } from "$lib/asking/batches/journal.ts";
 * import assert from "node:assert/strict";
 *
 * const file = `${await Deno.makeTempDir()}/labels.jsonl.batches`;
 * const journal = openBatchJournal(file);
 * const name = journal.begin(["key"]);
 * assert.deepEqual(openBatchJournal(file).open(), [{ name, keys: ["key"] }]);
 * journal.sent(name, "batch_1");
 * assert.equal(openBatchJournal(file).open()[0].id, "batch_1");
 * journal.done(name);
 * assert.deepEqual(openBatchJournal(file).open(), []);
 * ```
 */
export function openBatchJournal(path: string): BatchJournal {
  const open = new Map<string, OpenBatch>();
  let entries = 0;
  const take = (entry: z.infer<typeof entrySchema>) => {
    entries++;
    const before = open.get(entry.batch) ?? { name: entry.batch, keys: [] };
    if (entry.done) open.delete(entry.batch);
    else {
      open.set(entry.batch, {
        ...before,
        ...(entry.keys && { keys: entry.keys }),
        ...(entry.id === undefined ? {} : { id: entry.id }),
      });
    }
  };
  for (const entry of entriesOf(path)) take(entry);
  const add = (entry: z.infer<typeof entrySchema>) => {
    Deno.writeTextFileSync(path, `${JSON.stringify(entry)}\n`, { append: true });
    take(entry);
  };
  return {
    open: () => [...open.values()],
    begin: (keys) => {
      const name = sha256(JSON.stringify([entries, keys])).slice(0, 32);
      add({ batch: name, keys: [...keys] });
      return name;
    },
    sent: (name, id) => add({ batch: name, id }),
    done: (name) => add({ batch: name, done: true }),
  };
}

function entriesOf(path: string): z.infer<typeof entrySchema>[] {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole !== text) Deno.writeTextFileSync(path, whole); // a kill tore the last line
  return whole.split("\n").slice(0, -1).map((line, index) => {
    try {
      return entrySchema.parse(parseJson(line));
    } catch (error) {
      throw new SyntaxError(`Cannot use ${path} as line ${index + 1} is no entry: ${(error as Error).message}`);
    }
  });
}
