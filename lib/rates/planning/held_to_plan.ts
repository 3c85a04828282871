/**
 * Whether what was sampled is what was planned: all models, all wordings, as many samples, and the stop that was declared.
 *
 * Who may look and stop when he likes what he sees needs no effect. A plan says before when sampling ends: at a fixed
 * number, or when a confidence sequence over wordings is narrow, which may be looked at after each of them.
 *
 * @module
 */
import { type PairedLook, pairedSequence } from "../../stats/pairs/paired_sequence.ts";
import type { Contrast } from "../comparing/contrasts.ts";
import type { Rate } from "../counting/rates.ts";
import type { Plan, PlannedSampling } from "./plan.ts";
import type { PlannedBy } from "./planned_by.ts";

/**
 * Returns what a plan says of contrasts, once what was sampled is held to it: exploratory, with the reason, where a model,
 * a wording or a sample is missing or too many.
 */
export function heldToPlan({ sampling }: Plan, planned: PlannedBy, contrasts: readonly Contrast[]): PlannedBy {
  if (sampling === undefined || planned.status === "exploratory") return planned;
  const models = new Set(contrasts.map(({ group }) => group.model));
  const absent = sampling.models.filter((model) => !models.has(model) && planned.family!.by.includes("model"));
  const reason = absent.length > 0
    ? `the plan has ${absent.join(", ")} too: a family of another size`
    : contrasts.map((contrast) => reasonOf(contrast, sampling)).find((reason) => reason !== undefined);
  return reason === undefined ? planned : { ...planned, status: "exploratory", reason };
}

function reasonOf(contrast: Contrast, sampling: PlannedSampling): string | undefined {
  const { group: { model = "" }, first, second } = contrast;
  if (model !== "" && !sampling.models.includes(model)) return `the plan does not have ${model}`;
  for (const arm of [first, second]) {
    const { sizes, expected } = armOf(contrast, arm, sampling);
    const other = [...sizes.keys()].find((wording) => !sampling.wordings.includes(wording));
    if (other !== undefined) return `the plan does not have wording ${other}`;
    const most = Math.max(0, ...sizes.values());
    if (most > expected) return `the plan has ${expected} samples of a wording, and ${most} were counted`;
    if (sampling.stop !== "fixed") continue;
    const complete = sampling.wordings.filter((wording) => sizes.get(wording) === expected).length;
    if (complete < sampling.wordings.length) {
      return `the plan has ${sampling.wordings.length} wordings, and ${complete} are complete`;
    }
  }
  if (sampling.stop !== "fixed" && looksOf(contrast, sampling).length === 0) {
    return "the first wording of the plan is not complete";
  }
  return undefined;
}

/** How many samples each wording of an arm has, and how many it is to have. */
function armOf(
  { group, factor, first }: Contrast,
  arm: Rate | undefined,
  { cells, epochs, scenario }: PlannedSampling,
): { readonly sizes: ReadonlyMap<string, number>; readonly expected: number } {
  const level = arm?.group[factor] ?? first?.group[factor];
  const levels = Object.entries({ ...group, [factor]: level }).filter(([name]) => cells[0][name] !== undefined);
  const own = cells.filter((cell) => levels.every(([name, level]) => cell[name] === level));
  const sizes = new Map(
    (arm?.clustered?.counts ?? []).map(({ cluster, scored, missing }) =>
      [wordingIn(cluster, scenario), scored + missing] as const
    ),
  );
  return { sizes, expected: own.length * epochs };
}

/** The wording of a cluster: samples name it after the scenario. */
function wordingIn(cluster: string, scenario: string): string {
  return cluster.startsWith(`${scenario}/`) ? cluster.slice(scenario.length + 1) : cluster;
}

/**
 * Returns the confidence sequence of a contrast over the wordings that are complete in both arms, in the order of the plan
 * and up to the first that is not: one that came out of its turn could have been chosen. A wording without a verdict in an
 * arm ends it too.
 */
export function looksOf(contrast: Contrast, sampling: PlannedSampling, level: number = contrast.level): PairedLook[] {
  const arms = [contrast.first, contrast.second].map((arm) => {
    const { sizes, expected } = armOf(contrast, arm, sampling);
    const rows = new Map(
      (arm?.clustered?.counts ?? []).map((row) => [wordingIn(row.cluster, sampling.scenario), row] as const),
    );
    return (wording: string) => {
      const row = rows.get(wording);
      return row === undefined || row.scored === 0 || sizes.get(wording) !== expected
        ? undefined
        : { successes: row.count, trials: row.scored };
    };
  });
  const pairs = [];
  for (const wording of sampling.wordings) {
    const [first, second] = arms.map((of) => of(wording));
    if (first === undefined || second === undefined) break;
    pairs.push({ first, second });
  }
  return pairs.length === 0 ? [] : pairedSequence(pairs, level);
}

/** A contrast as a plan that may stop at any wording has it: with the interval and the test of the last look. */
export function atAnyTime(contrast: Contrast, sampling: PlannedSampling): Contrast {
  const look = looksOf(contrast, sampling).at(-1);
  if (look === undefined) return contrast;
  const { estimate, lower, upper, method, pairs, pValue } = look;
  const { refusal: _, ...rest } = contrast;
  return {
    ...rest,
    difference: estimate,
    lower,
    upper,
    method,
    over: "prompts",
    pairs,
    ratio: null,
    oddsRatio: null,
    test: { statistic: estimate, pValue, method },
  };
}

/**
 * Returns whether sampling may end: every contrast is known to the width of the plan. With a fixed number it never ends
 * before that.
 *
 * @param contrasts all that are planned, as far as their samples are there
 */
export function isNarrow(contrasts: readonly Contrast[], sampling: PlannedSampling): boolean {
  const { stop } = sampling;
  if (stop === "fixed" || contrasts.length === 0) return false;
  return contrasts.every((contrast) => {
    const look = looksOf(contrast, sampling).at(-1);
    return look !== undefined && look.upper - look.lower <= stop.until_width;
  });
}
