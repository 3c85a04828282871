/**
 * What is said of a label file that needed repair, and `deno task label --repair`.
 *
 * @module
 */
import { repairLabelFile } from "../../labelers/label_file.ts";
import { UsageError } from "../shared/main.ts";
import { tellError } from "../shared/print.ts";

/** Sets broken lines of a label file aside and says which. */
export async function repair(out: string): Promise<void> {
  try {
    const { numbers, to, torn } = await repairLabelFile(out);
    sayTorn(out, torn);
    if (numbers.length === 0) tellError(`note: ${out} has no broken line`);
    else tellError(`set aside in ${to}: line ${numbers.join(", ")} of ${out}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new UsageError(`Cannot repair as there is no such file: ${out}`);
    throw error;
  }
}

/** Says what was taken off the end of a label file, if anything was. */
export function sayTorn(out: string, bytes: number): void {
  if (bytes > 0) tellError(`note: took a torn or blank end off ${out}: ${bytes} bytes`);
}
