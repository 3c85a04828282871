/**
 * How the intervals of a command are made, from the options that commands share.
 *
 * @module
 */
import { INTERVAL_NAMES, type IntervalName } from "../../rates/counting/intervals.ts";
import type { Rate } from "../../rates/counting/rates.ts";
import { sayList } from "../../words/say.ts";
import { UsageError } from "./main.ts";

/** The options, as parseArgs() takes them. */
export const INTERVAL_OPTIONS = {
  cluster: { type: "string" },
  interval: { type: "string" },
} as const;

/** What they mean, for the usage of a command. */
export const INTERVAL_USAGE =
  `  --cluster   the field that tells apart what is independent: by default the prompt (samples of one prompt are not)
  --interval  ${INTERVAL_NAMES.join(", ")}: by default over prompts where there are
              10 or more, else over samples of these prompts; wilson and those after it take samples as independent`;

/** The interval that was asked for. */
export function intervalNamed(name: string = "default"): IntervalName {
  const found = INTERVAL_NAMES.find((known) => known === name);
  if (found === undefined) {
    throw new UsageError(`Cannot make an interval ${name}: intervals are ${INTERVAL_NAMES.join(", ")}`);
  }
  return found;
}

/** What a reader must know of the intervals that were chosen by default. */
export function intervalNotes(rows: readonly Pick<Rate, "method" | "refusal">[], name: IntervalName): string[] {
  const guaranteed = rows.filter(({ method }) => method.includes("betting")).length;
  const refused = [...new Set(rows.flatMap(({ refusal }) => refusal ?? []))];
  return [
    ...(name === "default" && guaranteed > 0
      ? [`guaranteed intervals stand where no other is known to hold: ${guaranteed} of ${rows.length}`]
      : []),
    ...(refused.length > 0 ? [`${sayList(refused)}; --interval guaranteed gives one for any prompts`] : []),
  ];
}
