/**
 * The reader from a notebook: the page is written beside it, and a link to it is shown.
 *
 * @module
 */
import { type Choice, chooseSamples } from "../pages/reader/chosen_samples.ts";
import { writeReader } from "../pages/reader/page.ts";
import { loadPolicies } from "../policies/load_policy.ts";
import { loadSituations } from "../policies/load_situations.ts";
import { show } from "./show.ts";

/** Where the page is written, and which samples it holds. */
export interface ShowReaderOptions extends Partial<Choice> {
  /** Its name, which ends with `.html`; in the folder of the notebook by default. */
  readonly out?: string;
}

/**
 * Writes the reader of all samples of some paths, and shows a link to it.
 *
 * @throws {RangeError} if no sample fits, or more than a page can hold: choose with `where`, or `draw` some
 */
export async function showReader(
  paths: readonly string[],
  { out = "reader.html", where = {}, draw }: ShowReaderOptions = {},
): Promise<void> {
  if (!out.endsWith(".html")) throw new RangeError(`Cannot write a reader as its name must end with .html: ${out}`);
  const { datasets, samples, read, fitting } = await chooseSamples(paths, { where, draw });
  const title = datasets.map(({ name }) => name).join(", ");
  const about = [`${samples.length} samples, of ${fitting} that were chosen and ${read} that were read.`];
  const [policies, situations] = await Promise.all([loadPolicies(), loadSituations()]);
  await Deno.writeTextFile(out, writeReader({ title, about, datasets, samples, policies, situations }));
  await show(`[The reader](${out}): ${samples.length} samples of ${title}, to be opened in a tab of the browser.`);
}
