/**
 * Reads what was planned, and turns whatever a reader throws into a reject of the file that it was at.
 *
 * @module
 */
import type { Entry } from "../samples/load_report.ts";
import type { Opener } from "./bytes/source.ts";
import type { Plan } from "./files_to_read.ts";

/** A file with so many unusable entries, and nine of ten unusable, is not read further: each takes memory. */
const MOST_UNUSABLE = 100_000;
const SHARE = 0.9;

/** Yields everything that a plan's files hold, some at a time; `duplicates` says how many of it were no use so far. */
export async function* readPlan(
  { format, files }: Plan,
  open: Opener,
  duplicates: () => number = () => 0,
): AsyncGenerator<readonly Entry[]> {
  if (format === undefined) return;
  for (const unit of format.together ? [files] : files.map((file) => [file])) {
    let [entries, rejects] = [0, 0];
    const before = duplicates();
    const fileAt = () => unit.length === 1 ? unit[0] : open.opened().at(-1)?.path ?? unit[0];
    const isHopeless = () => {
      const unusable = rejects + duplicates() - before;
      return unusable > MOST_UNUSABLE && unusable > SHARE * entries;
    };
    try {
      for await (const found of format.read(unit, open)) {
        const batch = Array.isArray(found) ? found : [found];
        yield batch;
        entries += batch.length;
        for (const entry of batch) if ("reject" in entry) rejects++;
        if (isHopeless()) {
          const reason = `not read further: of ${entries} entries ${rejects + duplicates() - before} cannot be used`;
          yield [{ reject: { file: fileAt(), at: `after entry ${entries}`, reason } }];
          break;
        }
      }
    } catch (error) {
      yield [{ reject: { file: fileAt(), at: "file", reason: `cannot be read: ${(error as Error).message}` } }];
    }
  }
}
