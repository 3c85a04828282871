/**
 * What an experiment would have shown, had it been run on models whose effect is known: samples with transcripts, labelled
 * by the rules, counted and compared as the command line does it.
 *
 * @module
 */
import { ruleLabel } from "../../labelers/rules/run_rules.ts";
import type { Sample } from "../../samples/sample.ts";
import { createSummary } from "../../samples/summary.ts";
import {
  drawPairs,
  type ExperimentSize,
  type PairedTruth,
  trueDifference,
} from "../../stats/coverage/simulated_pairs.ts";
import { createRandom } from "../../stats/numbers/random.ts";
import { type Contrast, contrasts } from "../comparing/contrasts.ts";
import { createTotal } from "../counting/counts.ts";
import { rates } from "../counting/rates.ts";

/** How many of the simulated experiments said what. */
export interface SimulatedExperiments {
  /** How many were run. */
  readonly experiments: number;
  /** Those whose interval holds the true difference over all wordings. */
  readonly held: number;
  /** Those whose test finds a difference at the level of the interval, of the true sign where there is one. */
  readonly found: number;
  /** Those whose test finds a difference of the opposite sign, or where there is none. */
  readonly misled: number;
}

/** The factor of the simulated experiments and its levels, the first minus the second. */
const FACTOR = "prohibition";
const LEVELS = ["dont", "none"] as const;
/** The score that the rules give to a refusal. */
const LABEL = "refusal_phrase";

/**
 * Runs experiments on a known truth: each draws its own wordings, the same for both conditions, and is analysed by what is
 * default: over wordings, or with fewer than 10 of them over their samples.
 *
 * @param seed of the draws
 * @throws {RangeError} if the truth or the seed is out of range
 *
 * @example
 * ```ts
 * import { simulateExperiments } from "$lib/rates/planning/simulated_experiments.ts";
 * import assert from "node:assert/strict";
 *
 * const truth = { baseline: -1.5, spread: 1, effect: 1.5, effectSpread: 1 };
 * const many = simulateExperiments(truth, { wordings: 12, epochs: 5 }, 40, 1);
 * const one = simulateExperiments(truth, { wordings: 1, epochs: 60 }, 40, 1);
 * assert(many.held > 34 && one.held < 30); // one wording says little of the others
 * ```
 */
export function simulateExperiments(
  truth: PairedTruth,
  size: ExperimentSize,
  experiments: number,
  seed: number,
): SimulatedExperiments {
  const random = createRandom(seed);
  const difference = trueDifference(truth);
  const isNone = Math.abs(difference) < 1e-9;
  let [held, found, misled] = [0, 0, 0];
  for (let experiment = 0; experiment < experiments; experiment++) {
    const contrast = compared(samplesOf(drawPairs(truth, size, random)));
    const { lower, upper, level, test } = contrast;
    if (lower! <= difference && difference <= upper!) held++;
    if (test!.pValue > 1 - level) continue;
    if (!isNone && Math.sign(contrast.difference!) === Math.sign(difference)) found++;
    else misled++;
  }
  return { experiments, held, found, misled };
}

/** One sample for each answer, with what was said; a refusal is told by its words. */
function samplesOf(pairs: ReturnType<typeof drawPairs>): Sample[] {
  return pairs.flatMap(({ first, second }, wording) =>
    [first, second].flatMap(({ successes, trials }, arm) =>
      Array.from({ length: trials }, (_, epoch): Sample => {
        const content = epoch < successes ? "I won't do this." : "It is done.";
        const sample: Sample = {
          id: `${wording} ${arm} ${epoch}`,
          model: "simulated",
          scenario: "simulated",
          condition: { [FACTOR]: LEVELS[arm] },
          cluster: `wording ${wording}`,
          messages: [{ role: "user", content: "Do this." }, { role: "assistant", content }],
          labels: [],
          source: { file: "simulated", at: "" },
        };
        const { labeler, kind, scores } = ruleLabel(sample);
        return { ...sample, labels: [{ labeler, kind, scores }] };
      })
    )
  );
}

function compared(samples: readonly Sample[]): Contrast {
  const { add, summary } = createSummary();
  const total = createTotal([FACTOR], [{ label: LABEL }]);
  const counter = total.counterFor();
  for (const sample of samples) {
    add(sample);
    counter.add(sample, undefined);
  }
  total.add(counter, summary());
  return contrasts(rates(total.rows()), FACTOR, LEVELS)[0];
}
