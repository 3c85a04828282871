/**
 * Rates and contrasts as words that can go into a sentence.
 *
 * @module
 */
import type { Contrast } from "../rates/comparing/contrasts.ts";
import type { AgreementRow } from "../rates/judges/agreement.ts";
import type { Status } from "../rates/planning/planned_by.ts";
import type { Rate } from "../rates/counting/rates.ts";
import type { Interval } from "../stats/numbers/interval.ts";
import { sayContrastOver, sayOver } from "./over.ts";
import { percent, percentRange, points } from "./percent.ts";

/**
 * Says a rate with its count, its interval and what is missing.
 *
 * @example
 * ```ts
 * import { sayRate } from "$lib/words/say.ts";
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const [rate] = rates([{ group: {}, outcome: "subvert", count: 18, scored: 20, missing: 0 }]);
 * assert.equal(sayRate(rate).replaceAll("\u00a0", " "), "18/20 (90 %, 95 % CI 70–98 %, prompts not recorded)");
 * assert.equal(sayRate({ ...rate, over: "samples of this prompt", clusters: 1 }).slice(-21), " for this one prompt)");
 * ```
 */
export function sayRate(row: Rate): string {
  const { count, scored, missing, rate, lower, upper, level, method, bounds, refusal } = row;
  if (rate === null) return `no rate (0 scored, ${missing} missing)`;
  const interval = lower === null || upper === null
    ? refusal ?? "no interval"
    : `${intervalWord(level, method)} ${percentRange(lower, upper)}${sayOver(row)}`;
  const known = `${count}/${scored} (${percent(rate)}, ${interval})`;
  return sayOpen(known, `${percentRange(...bounds)} if all were known`, [row]);
}

/**
 * Says what is known and what the missing verdicts leave open; where half of an arm or more is missing, that leads.
 *
 * @example
 * ```ts
 * import { sayOpen } from "$lib/words/say.ts";
 * import assert from "node:assert/strict";
 *
 * const [known, open] = ["3/4 (75 %)", "38–88 % if all were known"];
 * assert.equal(sayOpen(known, open, [{ scored: 4, missing: 4 }]), `${open}, as 4 of 8 are missing; of the others ${known}`);
 * assert.equal(sayOpen(known, open, [{ scored: 7, missing: 1 }]), `${known}, 1 missing: ${open}`);
 * ```
 */
export function sayOpen(
  known: string,
  open: string,
  arms: readonly { readonly scored: number; readonly missing: number }[],
): string {
  const missing = arms.reduce((sum, arm) => sum + arm.missing, 0);
  if (missing === 0) return known;
  const all = arms.reduce((sum, { scored }) => sum + scored, missing);
  return arms.some((arm) => arm.missing >= arm.scored)
    ? `${open}, as ${missing} of ${all} are missing; of the others ${known}`
    : `${known}, ${missing} missing: ${open}`;
}

/** Says a contrast in percentage points: `+61 points (95 % CI +50 to +70 over 40 paired prompts)`. */
export function sayContrast(contrast: Contrast): string {
  const { difference, lower, upper, level, method, refusal } = contrast;
  if (difference === null) return "no difference (an arm has nothing scored)";
  const interval = lower === null || upper === null
    ? refusal ?? "no interval"
    : `${intervalWord(level, method)} ${points(lower)} to ${points(upper)}${sayContrastOver(contrast)}`;
  return `${points(difference)}\u00a0points (${interval})`;
}

/** `95 % CI`, or of one that assumes nothing `guaranteed 95 % CI`. */
function intervalWord(level: number, method: string): string {
  return `${method.includes("betting") ? "guaranteed " : ""}${percent(level)} CI`;
}

/** Says a difference of rates with its interval in percentage points, or why there is none. */
export function sayInterval(interval: Interval | null): string {
  if (interval === null) return "no difference (these data do not allow one)";
  const { estimate, lower, upper, level, method } = interval;
  return `${points(estimate)}\u00a0points (${intervalWord(level, method)} ${points(lower)} to ${points(upper)})`;
}

/**
 * Says a p-value: `p = 0.024`, and below 0.001 no more than that.
 *
 * @example
 * ```ts
 * import { sayP } from "$lib/words/say.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(sayP(0.0238), "p = 0.024");
 * assert.equal(sayP(1e-9), "p < 0.001");
 * assert.equal(sayP(null), "no test");
 * ```
 */
export function sayP(pValue: number | null): string {
  if (pValue === null) return "no test";
  return pValue < 0.001 ? "p < 0.001" : `p = ${pValue.toPrecision(2)}`;
}

/**
 * Says how far raters agree, with what makes it doubtful.
 *
 * @example
 * ```ts
 * import { sayAgreement } from "$lib/words/say.ts";
 * import assert from "node:assert/strict";
 *
 * const row = { raters: ["a", "b"], measure: "Cohen kappa", level: 0.95, reason: null };
 * const said = sayAgreement({ ...row, estimate: 0.61, lower: 0.5, upper: 0.7, shared: 90 });
 * assert.equal(said.replaceAll("\u00a0", " "), "a and b: Cohen kappa 0.61 (95 % CI 0.50 to 0.70) over 90 samples");
 * ```
 */
export function sayAgreement(
  { raters, measure, estimate, lower, upper, reason, level, shared, warning }: AgreementRow,
): string {
  const interval = lower === null || upper === null
    ? `no interval: ${reason}`
    : `${percent(level)} CI ${lower.toFixed(2)} to ${upper.toFixed(2)}`;
  const found = estimate === null ? `no ${measure} (${reason})` : `${measure} ${estimate.toFixed(2)} (${interval})`;
  return [`${sayList(raters)}: ${found} over ${shared} samples`, ...warning === undefined ? [] : [warning]].join("; ");
}

/** Says whether a figure's result was planned. */
export function sayStatus(status: Status): string {
  return status === "confirmatory" ? "Confirmatory." : "Exploratory.";
}

/**
 * Joins names as a sentence does.
 *
 * @example
 * ```ts
 * import { sayList } from "$lib/words/say.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(sayList(["a", "b", "c"]), "a, b and c");
 * assert.equal(sayList([]), "none");
 * ```
 */
export function sayList(names: readonly string[]): string {
  if (names.length === 0) return "none";
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/**
 * Says how many verdicts are missing over rows, for a caption.
 *
 * @example
 * ```ts
 * import { sayMissing } from "$lib/words/say.ts";
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const row = { group: {}, outcome: "subvert", count: 1, scored: 4 };
 * assert.equal(sayMissing(rates([{ ...row, missing: 0 }])), "no verdict missing");
 * assert.equal(sayMissing(rates([{ ...row, missing: 2 }])), "2 verdicts missing (dashed: the range they leave open)");
 * ```
 */
export function sayMissing(rows: readonly Rate[]): string {
  const missing = rows.reduce((sum, row) => sum + row.missing, 0);
  if (missing === 0) return "no verdict missing";
  return `${missing} ${missing === 1 ? "verdict" : "verdicts"} missing (dashed: the range they leave open)`;
}

/** Says what a data set leaves out, for a caption: `nothing excluded`, or `excluded: 8 (figure 10)`. */
export function sayExcluded(excluded: readonly { readonly what: string; readonly count: number }[] = []): string {
  if (excluded.length === 0) return "nothing excluded";
  return `excluded: ${sayList(excluded.map(({ what, count }) => `${count} (${what})`))}`;
}

/** Says the n behind rows, for a caption: `n = 10 each`, or `n = 8 to 10`. */
export function sayScored(rows: readonly Rate[]): string {
  const all = rows.map(({ scored }) => scored);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return least === most ? `n = ${most} each` : `n = ${least} to ${most}`;
}
