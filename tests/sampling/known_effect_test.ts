/** What the shipped table of simulated experiments says is what experiments give that went the whole road. */
import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { binomial } from "$lib/stats/numbers/distributions.ts";
import { knownEffect, LARGE } from "./known_effect.ts";

/** How many of the 1,000 in the table. */
function shareInTable(wordings: number, epochs: number, label: string): number {
  const rows: Record<string, string>[] = parse(
    Deno.readTextFileSync("data/simulated-experiments/experiments.csv"),
    { columns: true },
  );
  const row = rows.find((row) =>
    row.effect === "large" && row.label === label && Number(row.wordings) === wordings && Number(row.epochs) === epochs
  )!;
  return Number(row.count) / Number(row.scored);
}

/** Whether so many of so many are what a share gives, or else one of the 0.2 % that are furthest from it. */
function isConsistent(count: number, trials: number, share: number): boolean {
  return binomial.cdf(count, trials, share) > 0.001 && 1 - binomial.cdf(count - 1, trials, share) > 0.001;
}

Deno.test("planned, sampled through faults, labelled, counted: as many experiments hold the truth as the table says, and with one wording as few", async () => {
  const [many, one] = [
    await knownEffect(LARGE, { wordings: 12, epochs: 5 }, 30),
    await knownEffect(LARGE, { wordings: 1, epochs: 60 }, 30),
  ];
  for (const [size, { experiments, held, found, samples, calls, paidTwice }] of [[12, many], [1, one]] as const) {
    const tell = `${size} wordings: ${held} held, ${found} found`;
    const shares = ["holds_the_difference", "finds_it"].map((label) => shareInTable(size, 60 / size, label));
    assert(isConsistent(held, experiments, shares[0]), tell);
    assert(isConsistent(found, experiments, shares[1]), tell);
    assert.equal(paidTwice, 0);
    assert(calls > 1.1 * samples, `${calls} calls`);
  }
  assert(one.held < many.held - 5, `${one.held} with one wording, ${many.held} with 12`);
});
