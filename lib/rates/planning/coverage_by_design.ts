/**
 * Coverage over all rates of a design: what an interval does on average, and where it does worst.
 *
 * @module
 */
import { averageOverRates } from "../../stats/coverage/simulate.ts";
import type { Rate } from "../counting/rates.ts";

/** How an interval does in one design. */
export interface DesignCoverage {
  /** The fields of the design and the method. */
  readonly group: Readonly<Record<string, string>>;
  /** Average over the range of rates. */
  readonly average: number;
  /** Lowest over the range of rates. */
  readonly lowest: number;
  /** The rate at which it is lowest. */
  readonly lowestAt: number;
}

/**
 * Puts the coverages of each design together. Rates at which a method gives no interval at all are in neither number.
 *
 * @param rows coverage by method, design and `rate`
 *
 * @example
 * ```ts
 * import { coverageByDesign } from "$lib/rates/planning/coverage_by_design.ts";
 * import { rates } from "$lib/rates/counting/rates.ts";
 * import assert from "node:assert/strict";
 *
 * const row = (rate: string, count: number) => ({ group: { n: "10", rate }, outcome: "holds", count, scored: 100, missing: 0 });
 * const [design] = coverageByDesign(rates([row("0", 100), row("0.1", 90), row("0.5", 96)]));
 * assert.deepEqual([design.lowest, design.lowestAt], [0.9, 0.1]);
 * assert.equal(design.average.toFixed(3), "0.934"); // by the distance between rates: near 0 does not count more
 * ```
 */
export function coverageByDesign(rows: readonly Rate[]): DesignCoverage[] {
  const designs = new Map<string, { group: Record<string, string>; points: { rate: number; coverage: number }[] }>();
  for (const { group: { rate, ...group }, rate: coverage } of rows) {
    if (coverage === null) continue;
    const key = JSON.stringify(group);
    const design = designs.get(key) ?? { group, points: [] };
    designs.set(key, design);
    design.points.push({ rate: Number(rate), coverage });
  }
  return [...designs.values()].map(({ group, points }) => {
    const sorted = points.sort((a, b) => a.rate - b.rate);
    const worst = sorted.reduce((least, point) => point.coverage < least.coverage ? point : least);
    const average = averageOverRates(sorted.map(({ rate }) => rate), sorted.map(({ coverage }) => coverage));
    return { group, average, lowest: worst.coverage, lowestAt: worst.rate };
  });
}
