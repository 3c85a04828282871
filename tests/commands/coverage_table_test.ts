import assert from "node:assert/strict";
import { coveragePoints, coverageRows } from "$lib/commands/coverage.ts";
import { parse } from "csv-parse/sync";

Deno.test("the shipped table of coverage holds every point, and points simulated anew give its rows again", async () => {
  const text = await Deno.readTextFile("data/simulated-coverage/coverage.csv");
  const shipped: Record<string, string>[] = parse(text, { columns: true });
  const points = coveragePoints();
  assert.equal(shipped.length, 6 * points.length);
  for (const index of [4, 100, 333, 600, points.length - 12]) {
    const anew = coverageRows(points[index]).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]))
    );
    assert.deepEqual(anew, shipped.slice(6 * index, 6 * index + 6), JSON.stringify(points[index]));
  }
});
