/**
 * What a comparison shows, as one sentence: for the title of a figure, and the answer on a report.
 *
 * @module
 */
import type { Contrast } from "../rates/comparing/contrasts.ts";
import { stratifiedContrast } from "../rates/comparing/stratified_contrast.ts";
import { sayContrastOver } from "./over.ts";
import { points } from "./percent.ts";
import { sayInterval, sayP } from "./say.ts";

/**
 * Says which of two levels has the higher rate, or that no difference is shown, which is not that there is none. It is shown
 * where both the interval and the test say so. Several contrasts, one a model for example, are put together within these.
 *
 * @throws {RangeError} if there is no contrast, or they are of several factors or outcomes
 *
 * @example
 * ```ts
 * import { contrasts, rates, sayFinding } from "$lib/mod.ts";
 * import assert from "node:assert/strict";
 *
 * const row = (told: string, count: number) => ({ group: { told }, outcome: "harmful", count, scored: 40, missing: 0 });
 * const said = (a: number, b: number) => sayFinding(contrasts(rates([row("yes", a), row("no", b)]), "told", ["yes", "no"]));
 * assert.match(said(30, 10), /^harmful is more frequent with told = yes than with told = no: \+50.points/);
 * const [half, all] = rates([{ ...row("yes", 9), missing: 60 }, row("no", 4)]);
 * assert.match(sayFinding(contrasts([half, all], "told", ["yes", "no"])), /^What is missing leaves open whether/);
 * assert.match(said(12, 10), /^No difference in harmful between told = yes and told = no is shown: \+5.points/);
 * ```
 */
export function sayFinding(contrasts: readonly Contrast[]): string {
  const { interval, over } = togetherOf(contrasts);
  const [{ factor, outcome }] = contrasts;
  const [first, second] = levelsOf(contrasts).map((level) => `${factor} = ${level}`);
  if (interval === undefined) return `Nothing can be said of ${outcome} between ${first} and ${second}: ${over}`;
  const { difference, lower, upper, level, said, pValue } = interval;
  const numbers = `${said}${over}, ${sayP(pValue)}`;
  const open = leftOpen(contrasts);
  if (open !== undefined) {
    return `What is missing leaves open whether ${outcome} differs between ${first} and ${second}: ${open}; of the others ${numbers}`;
  }
  const isRejected = pValue === null || pValue <= 1 - level;
  if (lower <= 0 && upper >= 0 || !isRejected) {
    return `No difference in ${outcome} between ${first} and ${second} is shown: ${numbers}`;
  }
  return `${outcome} is ${difference > 0 ? "more" : "less"} frequent with ${first} than with ${second}: ${numbers}`;
}

/** What the missing verdicts leave open, where half of an arm or more is missing and that could be no difference. */
function leftOpen(contrasts: readonly Contrast[]): string | undefined {
  const halfMissing = contrasts.filter(({ first, second, bounds }) =>
    [first, second].some((arm) => arm !== undefined && arm.missing > 0 && arm.missing >= arm.scored) &&
    bounds.lower <= 0 && bounds.upper >= 0
  );
  if (halfMissing.length === 0) return undefined;
  if (contrasts.length > 1) return `half of an arm or more is missing in ${halfMissing.length} of ${contrasts.length}`;
  const [{ bounds, first, second }] = contrasts;
  const [missing, scored] = (["missing", "scored"] as const).map((of) => (first?.[of] ?? 0) + (second?.[of] ?? 0));
  const range = `${points(bounds.lower)} to ${points(bounds.upper)}\u00a0points`;
  return `${range} if all were known, as ${missing} of ${missing + scored} are missing`;
}

/** The two levels that contrasts compare; one that is nowhere has no name here. */
function levelsOf(contrasts: readonly Contrast[]): string[] {
  const [{ factor }] = contrasts;
  const levelOf = (arm: "first" | "second") =>
    contrasts.flatMap((contrast) => contrast[arm]?.group[factor] ?? [])[0] ?? "nothing";
  return [levelOf("first"), levelOf("second")];
}

/** The one difference of all contrasts with its interval, or why there is none. */
function togetherOf(contrasts: readonly Contrast[]) {
  const known = contrasts.filter(({ difference }) => difference !== null);
  if (contrasts.length > 1 && known.length > 1) {
    const { difference, over, reasons, test } = stratifiedContrast(contrasts);
    if (difference === null) return { interval: undefined, over: reasons.join("; ") };
    const [factors] = contrasts.map(({ group }) => Object.keys(group));
    const within = `, within ${known.length} ${factors.length === 1 ? `${factors[0]}s` : "groups"} over ${over}`;
    const { estimate, lower, upper, level } = difference;
    const found = { difference: estimate, lower, upper, level, pValue: test?.pValue ?? null };
    return { interval: { ...found, said: sayInterval(difference) }, over: within };
  }
  const [only] = known.length > 0 ? known : contrasts;
  if (only === undefined) throw new RangeError("Cannot say what is found as there is no contrast");
  const { difference, lower, upper, level, method, refusal } = only;
  if (difference === null) return { interval: undefined, over: "an arm has nothing scored" };
  if (lower === null || upper === null) {
    return { interval: undefined, over: `${points(difference)}\u00a0points, ${refusal ?? "no interval"}` };
  }
  const said = sayInterval({ estimate: difference, lower, upper, level, method });
  const pValue = only.test?.pValue ?? null;
  return { interval: { difference, lower, upper, level, said, pValue }, over: sayContrastOver(only) };
}
