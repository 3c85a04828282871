/**
 * What is told of an experiment: its design before the first call, and what there is at the end.
 *
 * @module
 */
import type { Budget } from "../../asking/cost.ts";
import type { RunEnd } from "../../asking/run.ts";
import { designCost, designOf } from "../../sampling/design.ts";
import { excludedCells } from "../../sampling/scenarios/cells.ts";
import type { SampleSettings } from "../../sampling/sample_task.ts";
import type { SamplingSummary } from "../../sampling/summary.ts";
import { detectableRates } from "../../stats/planning/detectable_rates.ts";
import { percent } from "../../words/percent.ts";
import { costLines } from "../shared/asking_progress.ts";
import type { AskingOptions } from "../shared/asking_options.ts";

/** The rate that the power is told from, and the power. */
const [BASELINE, POWER] = [0.1, 0.8];

/** What `--dry-run` says. */
export function designLines(settings: SampleSettings, { prices }: AskingOptions): string[] {
  const { scenario, models, epochs } = settings;
  const design = designOf(settings);
  const { cells, wordings, samples, turns, tokensIn, most } = design;
  const cost = prices && designCost(design, prices);
  const left = [...Map.groupBy(excludedCells(scenario), ({ reason }) => reason)];
  return [
    `${scenario.name}, version ${scenario.version}: ${scenario.title}`,
    ...cells.map((cell) =>
      `condition: ${Object.entries(cell).map(([factor, level]) => `${factor}=${level}`).join(" ")}`
    ),
    ...left.map(([reason, { length }]) => `excluded: ${length} conditions, as ${reason}`),
    `samples: ${cells.length} conditions × ${wordings} wordings × ${models.length} models × ${epochs} epochs = ${samples}`,
    `turns: ${turns === 1 ? "one" : `at most ${turns}`} a sample`,
    `tokens in: about ${tokensIn} for the prompts${turns === 1 ? "" : ", once each"}` +
    (most === undefined ? "; the parameters set no limit to replies" : `; out: at most ${most.output}`),
    ...cost === undefined ? ["cost: not known without --price-in and --price-out"] : [
      `cost: about ${cost.prompts.toFixed(2)} USD for the prompts` +
      (cost.most === undefined ? "" : `, at most ${cost.most.toFixed(2)} USD with every reply as long as it may be`),
    ],
    ...powerLines(settings),
  ];
}

/** For each factor, which rate could be told from the baseline by one model, between the best and the worst case. */
function powerLines({ scenario: { wordings, factors }, cells, epochs }: SampleSettings): string[] {
  return Object.keys(factors).flatMap((factor) => {
    const sizes = [...Map.groupBy(cells, (cell) => cell[factor]).values()].map(({ length }) => length);
    if (sizes.length < 2) return [];
    const least = Math.min(...sizes);
    const [best, worst] = [least * wordings.length * epochs, wordings.length].map((trials) =>
      detectableRates({ rate: BASELINE, trials }, trials, POWER).above
    );
    const told = (rate: number | null) => rate === null ? "no rate" : percent(rate);
    return [
      `power: ${factor}: from ${percent(BASELINE)}, ${told(best)} is told with ${
        percent(POWER)
      } probability where all ` +
      `samples are independent, ${told(worst)} where all of a wording are alike`,
    ];
  });
}

/** What a summary is made from. */
export interface Sampled {
  readonly summary: SamplingSummary;
  readonly end: RunEnd;
  /** How many had no final answer before this run. */
  readonly before: number;
  readonly tasks: number;
  readonly budget: Budget;
  readonly options: AskingOptions;
  readonly settings: SampleSettings;
  readonly out: string;
  /** Present where it waits for labels, of which more is said. */
  readonly waits?: unknown;
}

/** The summary at the end, of everything that was asked for, whichever run got it. */
export function samplingLines(
  { summary, end, before, tasks, budget, options, settings, out, waits }: Sampled,
): string[] {
  const { answered, declined, cutOff, missing, answeredBy } = summary;
  const { models } = settings;
  const others = Object.entries(answeredBy).filter(([by]) => !models.includes(by));
  return [
    `sampled: ${answered} of ${tasks}${before < tasks ? `, ${tasks - before} of them by earlier runs` : ""}`,
    ...declined > 0 ? [`declined by the provider: ${declined}`] : [],
    ...cutOff > 0 ? [`cut off at the length that was allowed: ${cutOff}`] : [],
    ...Object.entries(missing).sort(([a], [b]) => a < b ? -1 : 1).map(([reason, n]) => `no answer: ${reason}: ${n}`),
    ...end.left > 0
      ? [`not asked to the end: ${end.left}${end.isUnaffordable ? ", as --max-cost is reached" : ""}`]
      : [],
    ...others.map(([by, n]) => `answered by ${by}: ${n}`),
    ...costLines(summary, budget, options.maxCost),
    ...waits === undefined
      ? [
        `next: deno task label ${out} --labeler judge --model NAME, or rules; then deno task rates ${out} ` +
        "--labels labels.jsonl",
      ]
      : [],
  ];
}
