/** The intervals that are reported where nobody chose others. */
import assert from "node:assert/strict";
import { guaranteedInterval } from "$lib/stats/clusters/guaranteed_interval.ts";
import { recommendedInterval } from "$lib/stats/clusters/recommended_interval.ts";
import { differenceOverClusters, intervalOverClusters } from "$lib/stats/defaults/over_clusters.ts";
import { differenceOverSamples, intervalOverSamples } from "$lib/stats/defaults/over_samples.ts";
import { binomial } from "$lib/stats/numbers/distributions.ts";
import { createRandom, type Random } from "$lib/stats/numbers/random.ts";
import { guaranteedDifference } from "$lib/stats/pairs/guaranteed_difference.ts";
import { newcombe, type Proportion } from "$lib/stats/two_rates/newcombe.ts";
import { wilson } from "$lib/stats/one_rate/wilson.ts";

/** A population of prompts, a few of which fire; the rest hardly do. */
interface Few {
  readonly clusters: number;
  readonly trials: number;
  readonly share: number;
  readonly high: number;
  readonly low: number;
}

const FEW: readonly Few[] = [
  { clusters: 30, trials: 100, share: 0.02, high: 0.9, low: 0.003 },
  { clusters: 30, trials: 100, share: 0.03, high: 0.3, low: 0.004 },
  { clusters: 50, trials: 50, share: 0.02, high: 0.8, low: 0.004 },
  { clusters: 40, trials: 100, share: 0.02, high: 0.5, low: 0.002 },
];

function draw({ clusters, trials, share, high, low }: Few, random: Random): Proportion[] {
  return Array.from({ length: clusters }, () => {
    const rate = random.uniform() < share ? high : low;
    const successes = Array.from({ length: trials }, () => random.uniform() < rate ? 1 : 0 as number)
      .reduce((sum, one) => sum + one, 0);
    return { successes, trials };
  });
}

Deno.test("where few prompts fire the default covers what the recommended interval does not", () => {
  const random = createRandom(5);
  for (const design of FEW) {
    const mean = design.share * design.high + (1 - design.share) * design.low;
    const holds = { recommended: 0, default: 0 };
    for (let study = 0; study < 150; study++) {
      const clusters = draw(design, random);
      const [one, other] = [recommendedInterval(clusters), intervalOverClusters(clusters)];
      assert("lower" in one && "lower" in other);
      if (one.lower <= mean && mean <= one.upper) holds.recommended++;
      if (other.lower <= mean && mean <= other.upper) holds.default++;
    }
    assert(holds.recommended < 0.88 * 150, `recommended holds ${holds.recommended} of 150: ${JSON.stringify(design)}`);
    assert(holds.default > 0.85 * 150, `default holds ${holds.default} of 150: ${JSON.stringify(design)}`);
  }
});

Deno.test("the default over clusters is the recommended interval or the guaranteed one, and mirrors", () => {
  const of = (...counts: number[]) => counts.map((successes) => ({ successes, trials: 50 }));
  const often = of(50, 50, 50, 50, 0, 0, 0, 0, 0, 0);
  assert.deepEqual(intervalOverClusters(often), recommendedInterval(often));
  const none = of(...Array(20).fill(0));
  assert.deepEqual(intervalOverClusters(none), recommendedInterval(none));
  const scattered = of(1, 1, 1, 1, 1, 1, 1, 1, ...Array(22).fill(0));
  const single = of(40, ...Array(29).fill(0));
  for (const few of [scattered, single]) {
    const [own, all] = [intervalOverClusters(few), guaranteedInterval(few)];
    assert("lower" in own);
    assert.deepEqual([own.lower, own.upper, own.method], [all.lower, all.upper, "betting"]);
    const mirrored = intervalOverClusters(
      few.map(({ successes, trials }) => ({ successes: trials - successes, trials })),
    );
    assert("lower" in mirrored);
    assert(Math.abs(mirrored.lower - (1 - own.upper)) < 1e-9 && Math.abs(mirrored.upper - (1 - own.lower)) < 1e-9);
  }
  assert("refusal" in intervalOverClusters(often.slice(0, 9)));
  assert.deepEqual(differenceOverClusters(often, often.slice(0, 4)), {
    refusal: "no interval: 4 clusters, at least 10 are needed (second condition)",
  });
});

Deno.test("of unequal clusters the default holds the pooled rate, also where the mean over clusters is another", () => {
  const clusters = [
    { successes: 300, trials: 300 },
    ...Array.from({ length: 39 }, () => ({ successes: 0, trials: 60 })),
  ];
  const found = intervalOverClusters(clusters);
  assert("lower" in found);
  assert.equal(found.method, "betting");
  assert.equal(found.estimate, 300 / (300 + 39 * 60));
  assert(found.lower <= found.estimate && found.estimate <= found.upper);
});

Deno.test("over samples the default covers every rate in 90 %, from 1 trial on; Wilson's does not", () => {
  for (const trials of [1, 2, 3, 4, 5, 7, 10, 30, 100]) {
    const of = (interval: typeof wilson) => Array.from({ length: trials + 1 }, (_, k) => interval(k, trials));
    const [own, plain] = [of(intervalOverSamples), of(wilson)];
    const least = (ends: typeof own) =>
      Math.min(...Array.from({ length: 1500 }, (_, i) => {
        const rate = i < 1000 ? (i + 0.5) / 1000 : (i - 999) / (500 * trials);
        return ends.reduce(
          (sum, { lower, upper }, k) => lower <= rate && rate <= upper ? sum + binomial.pmf(k, trials, rate) : sum,
          0,
        );
      }));
    assert(least(own) >= 0.9, `${trials}: ${least(own)}`);
    if (trials >= 10) assert(least(plain) < 0.88, `${trials}: ${least(plain)}`);
  }
});

Deno.test("a difference over samples with few in an arm is joined from the intervals of both, and holds Newcombe's", () => {
  for (const [n1, n2] of [[1, 1], [3, 10], [4, 4], [5, 5], [10, 40]]) {
    for (let k1 = 0; k1 <= n1; k1++) {
      for (let k2 = 0; k2 <= n2; k2 += 3) {
        const arms = [{ successes: k1, trials: n1 }, { successes: k2, trials: n2 }] as const;
        const [own, plain, back] = [
          differenceOverSamples(...arms),
          newcombe(...arms),
          differenceOverSamples(arms[1], arms[0]),
        ];
        assert(-1 <= own.lower && own.lower <= own.estimate && own.estimate <= own.upper && own.upper <= 1);
        assert(Math.abs(own.lower + back.upper) < 1e-12);
        if (n1 >= 5) assert(own.lower <= plain.lower + 1e-12 && own.upper >= plain.upper - 1e-12);
      }
    }
  }
  const [two, ten] = [{ successes: 1, trials: 2 }, { successes: 5, trials: 10 }];
  assert.equal(differenceOverSamples(two, ten).method, "newcombe on clopper-pearson and modified wilson");
});

Deno.test("the guaranteed difference of pairs holds the truth, turns its sign and is that of the betting interval", () => {
  const random = createRandom(11);
  let held = 0;
  for (let study = 0; study < 200; study++) {
    const pairs = Array.from({ length: 12 }, () => {
      const rate = random.uniform();
      const arm = (shift: number) => ({
        successes: Array.from({ length: 5 }, () => random.uniform() < Math.min(1, rate * 0.8 + shift) ? 1 : 0 as number)
          .reduce((sum, one) => sum + one, 0),
        trials: 5,
      });
      return { first: arm(0.2), second: arm(0) };
    });
    const gap = guaranteedDifference(pairs);
    if (gap.lower <= 0.2 && 0.2 <= gap.upper) held++;
    if (study > 5) continue;
    const back = guaranteedDifference(pairs.map(({ first, second }) => ({ first: second, second: first })));
    assert(Math.abs(gap.lower + back.upper) < 1e-9 && Math.abs(gap.upper + back.lower) < 1e-9);
  }
  assert(held >= 190, `${held} of 200`);
  assert.throws(() => guaranteedDifference([]), RangeError);
});
