/**
 * What a rate or a difference is over, as words that follow its interval.
 *
 * @module
 */
import type { Contrast } from "../rates/comparing/contrasts.ts";
import type { Rate } from "../rates/counting/rates.ts";

/**
 * Says what a rate is over: ` for this one prompt`, ` for these 4 prompts`, ` over 40 prompts`, or `, prompts not
 * recorded`.
 *
 * @example
 * ```ts
 * import { sayOver } from "$lib/words/over.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(sayOver({ over: "samples of this prompt", clusters: 1 }), " for this one prompt");
 * assert.equal(sayOver({ over: "prompts", clusters: 40 }), " over 40 prompts");
 * ```
 */
export function sayOver({ over, clusters }: Pick<Rate, "over" | "clusters">): string {
  return said(over, String(clusters));
}

/** Says what a difference is over: as {@linkcode sayOver}, with the prompts of both arms, or of the pairs. */
export function sayContrastOver({ over, pairs, first, second }: Contrast): string {
  const [one, other] = [first?.clusters, second?.clusters];
  return said(over, pairs === undefined ? `${one} and ${other}` : String(pairs), pairs === undefined ? "" : " paired");
}

function said(over: string, clusters: string, paired = ""): string {
  if (over === "nothing") return "";
  if (over.endsWith("not recorded")) return `, ${over}`;
  if (over.startsWith("samples of this ")) return over.replace("samples of this", " for this one");
  if (over.startsWith("samples of these ")) return over.replace("samples of these", " for these");
  return ` over ${clusters}${paired} ${over}`;
}

/** How a method is called where it has people's names or a name of its own. */
const CALLED: readonly (readonly [RegExp, string])[] = [
  [/\bwilson/g, "Wilson"],
  [/\bnewcombe/g, "Newcombe"],
  [/\bjeffreys/g, "Jeffreys"],
  [/\btango/g, "Tango"],
  [/\bclopper-pearson/g, "Clopper–Pearson"],
  [/\bagresti-coull/g, "Agresti–Coull"],
  [/\bkorn-graubard/g, "Korn–Graubard"],
  [/\bmantel-haenszel/g, "Mantel–Haenszel"],
  [/\bbetting/g, "guaranteed (betting)"],
];

/** The method of an interval as it is written: `modified Wilson`. */
export function sayMethod(method: string): string {
  return CALLED.reduce((text, [name, called]) => text.replace(name, called), method);
}

/**
 * Says which intervals rows have and what they are over, for a caption: `modified Wilson intervals over samples of this
 * prompt`.
 */
export function sayIntervals(rows: readonly Pick<Rate | Contrast, "method" | "over">[]): string {
  const methods = [...new Set(rows.map(({ method }) => method).filter((method) => method !== "none"))];
  const overs = [...new Set(rows.map(({ over }) => over).filter((over) => over !== "nothing"))];
  const unknown = overs.filter((over) => over.endsWith("not recorded"));
  const known = manyAsOne(overs.filter((over) => !unknown.includes(over)));
  const over = known.length === 0 ? "" : ` over ${known.join(" or ")}`;
  return `${methods.map(sayMethod).join(" or ")} intervals${over}${unknown.map((none) => `; ${none}`).join("")}`;
}

/** Rows that are over several numbers of prompts: `samples of these 2 to 8 prompts`. */
function manyAsOne(overs: readonly string[]): string[] {
  const counted = overs.map((over) => /^samples of these (\d+) (.*)$/.exec(over)).filter((match) => match !== null);
  if (counted.length < 2) return [...overs];
  const numbers = counted.map((match) => Number(match[1]));
  const rest = overs.filter((over) => !over.startsWith("samples of these "));
  return [...rest, `samples of these ${Math.min(...numbers)} to ${Math.max(...numbers)} ${counted[0][2]}`];
}
