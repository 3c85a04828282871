import assert from "node:assert/strict";
import { experimentPoints, experimentRows, TRUTHS } from "$lib/commands/coverage.ts";
import { coveragePoints, coverageRows, HIERARCHY, hierarchyRows, RARE, rareRows } from "$lib/commands/coverage.ts";
import { drawPairs, trueDifference } from "$lib/stats/coverage/simulated_pairs.ts";
import { differenceOverPairs } from "$lib/stats/defaults/over_pairs.ts";
import type { Interval } from "$lib/stats/numbers/interval.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { pairedStudent } from "$lib/stats/pairs/paired_student.ts";
import { parse } from "csv-parse/sync";

const shipped = (dataset: string, name = "coverage"): Record<string, string>[] =>
  parse(Deno.readTextFileSync(`data/${dataset}/${name}.csv`), { columns: true });

const asText = (rows: readonly Record<string, unknown>[]) =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])));

Deno.test("the shipped table of coverage holds every point, and points simulated anew give its rows again", () => {
  const table = shipped("simulated-coverage");
  const points = coveragePoints();
  assert.equal(table.length, 6 * points.length + 2 * HIERARCHY.length);
  for (const index of [4, 100, 333, 600, points.length - 12]) {
    const anew = asText(coverageRows(points[index]));
    assert.deepEqual(anew, table.slice(6 * index, 6 * index + 6), JSON.stringify(points[index]));
  }
  const [point] = HIERARCHY.slice(-8);
  assert.deepEqual(
    asText(hierarchyRows(point)),
    table.slice(6 * points.length).filter(({ n, clusters, rate }) =>
      [n, clusters, rate].join() === [point.trials, point.clusters, point.rate].join()
    ),
  );
});

Deno.test("where few prompts fire the guaranteed interval keeps its level and no other does, as the shipped table says", () => {
  const table = shipped("simulated-rare");
  assert.equal(table.length, 5 * RARE.length);
  assert.deepEqual(asText(rareRows(RARE[1])), table.slice(5, 10));
  for (const { model, count, scored } of table) {
    const coverage = Number(count) / Number(scored);
    assert(model === "guaranteed" ? coverage >= 0.95 : coverage < 0.9, `${model}: ${coverage}`);
  }
});

Deno.test("experiments with many wordings hold the truth as often as they say, those with one wording do not", () => {
  const table = shipped("simulated-experiments", "experiments");
  const points = experimentPoints();
  assert.equal(table.length, 3 * points.length);
  const cheap = points.findIndex(({ effect, wordings }) => effect === "none" && wordings === 1);
  assert.deepEqual(asText(experimentRows(points[cheap])), table.slice(3 * cheap, 3 * cheap + 3));
  for (const { model, effect, label, count, scored } of table) {
    const share = Number(count) / Number(scored);
    if (label === "holds_the_difference") {
      assert(model === "one wording" ? share < 0.7 : share >= 0.94 && share <= 0.98, `${model}, ${effect}: ${share}`);
    }
    if (label === "finds_another" && effect === "none") {
      assert(model === "one wording" ? share > 0.3 : share <= 0.05, `${model} where there is none: ${share}`);
    }
  }
});

Deno.test("where few of few wordings are refused the guaranteed interval is taken and always holds, and Student's would not", () => {
  const random = createRandom(5);
  const truth = trueDifference(TRUTHS.small);
  const holds = ({ lower, upper }: Interval) => lower <= truth && truth <= upper;
  const drawn = Array.from({ length: 1500 }, () => drawPairs(TRUTHS.small, { wordings: 12, epochs: 5 }, random));
  const guaranteed = drawn.filter((pairs) => differenceOverPairs(pairs).method === "betting on pairs");
  const share = guaranteed.length / drawn.length;
  assert(share > 0.31 && share < 0.39, String(share));
  assert(guaranteed.every((pairs) => holds(differenceOverPairs(pairs))));
  const student = guaranteed.filter((pairs) => holds(pairedStudent(pairs))).length / guaranteed.length;
  assert(student > 0.85 && student < 0.93, String(student));
});
