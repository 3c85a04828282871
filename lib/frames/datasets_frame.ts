/**
 * Data sets as danfojs frames: what each holds, and what is not in it.
 *
 * @module
 */
import type { Dataset } from "../reading/load.ts";
import { type Frame, frameOf } from "./frame.ts";

/** One row a data set: size, rejects, duplicates, missing labels, exclusions, source. */
export function datasetsFrame(datasets: readonly Dataset[]): Promise<Frame> {
  return frameOf(datasets.map((dataset) => {
    const { name, card, samples, cells, models, conditions, report } = dataset;
    const labels = Object.entries(dataset.labels);
    return {
      "data set": name,
      samples: conditions.reduce((sum, condition) => sum + condition.samples, 0),
      "published as": cells.length > 0 ? `${cells.length} counts` : `${samples.length} coded samples`,
      models: models.length,
      conditions: conditions.length,
      rejected: report.rejected.length,
      duplicates: report.duplicated.length,
      missing: labels.map(([label, { missing }]) => `${label}: ${missing}`).join(", "),
      excluded: card?.excluded.map(({ what, count }) => `${count} (${what})`).join("; ") || "none",
      source: card === undefined
        ? dataset.path
        : card.source.url + (card.source.commit ? ` @ ${card.source.commit.slice(0, 7)}` : ""),
    };
  }));
}

/** One row a scenario and condition of a data set: its levels and n. */
export function conditionsFrame(dataset: Dataset): Promise<Frame> {
  return frameOf(
    dataset.conditions.map(({ scenario, condition, samples }) => ({ scenario, ...condition, n: samples })),
  );
}
