/**
 * The fields of samples and published counts that they can be grouped by.
 *
 * @module
 */
import type { Cell, Sample } from "../../samples/sample.ts";
import type { Summary } from "../../samples/summary.ts";

/** The level of a sample that has no level for a factor. */
export const NOT_RECORDED = "not recorded";

/** The level of a sample or cell for a field or factor; `undefined` where it has none. */
export function levelOf(item: Sample | Cell, field: string): string | undefined {
  if (field === "model" || field === "scenario") return item[field];
  if (field === "cluster" && "cluster" in item) return item.cluster;
  if (Object.hasOwn(item.condition, field)) return item.condition[field];
  return "run" in item && Object.hasOwn(item.run ?? {}, field) ? item.run?.[field] : undefined;
}

/** Every field that the samples or cells of data sets can be grouped by. */
export function factorsOf(summaries: readonly Summary[]): string[] {
  const factors = summaries.flatMap(({ conditions }) => conditions.flatMap(({ condition }) => Object.keys(condition)));
  return [...new Set(["model", "scenario", ...factors, "cluster"])];
}

/** Factors left out of `by` that have several levels: what a count over these data adds up across. */
export function pooledFactors(summaries: readonly Summary[], by: readonly string[]): string[] {
  const conditions = summaries.flatMap(({ conditions }) => conditions);
  const levels = (factor: string) => {
    if (factor === "model") return summaries.flatMap(({ models }) => models);
    return conditions.map(({ scenario, condition }) => factor === "scenario" ? scenario : condition[factor]);
  };
  return factorsOf(summaries).filter((factor) =>
    factor !== "cluster" && !by.includes(factor) && new Set(levels(factor)).size > 1
  );
}
