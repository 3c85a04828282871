/**
 * `deno task label --labeler rules`.
 *
 * @module
 */
import { runRules } from "../../labelers/rules/run_rules.ts";
import { STATUS } from "../shared/main.ts";
import { tell } from "../shared/print.ts";
import { countsLines, keep } from "./keep.ts";
import type { LoadedSamples } from "./samples.ts";

/** Labels by rules and returns the exit status. */
export async function labelByRules(out: string, { samples, hasProblems }: LoadedSamples): Promise<number> {
  const labels = runRules(samples);
  await keep(out, labels);
  tell(countsLines(labels));
  return hasProblems || labels.some(({ missing }) => missing !== undefined) ? STATUS.problem : STATUS.ok;
}
