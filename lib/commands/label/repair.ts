/**
 * `deno task label --repair`: a label file with broken lines becomes usable again.
 *
 * @module
 */
import { repairLabelFile } from "../../labelers/label_file.ts";
import { UsageError } from "../shared/main.ts";

/** Sets broken lines of a label file aside and says which. */
export async function repair(out: string): Promise<void> {
  try {
    const { numbers, to, torn } = await repairLabelFile(out);
    if (torn > 0) console.error(`note: took a torn or blank end off ${out}: ${torn} bytes`);
    if (numbers.length === 0) console.error(`note: ${out} has no broken line`);
    else console.error(`set aside in ${to}: line ${numbers.join(", ")} of ${out}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new UsageError(`Cannot repair as there is no such file: ${out}`);
    throw error;
  }
}
