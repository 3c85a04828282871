/**
 * What clustered counts say of the mean of the units' rates and of how far the units lie apart: the posterior of a
 * beta-binomial hierarchy, on a grid that is refined where it bends.
 *
 * @module
 */
import { coefficients, gaussLegendre, integralTo, type Panel } from "./panels.ts";
import { logRising } from "./log_rising.ts";
import type { Proportion } from "../two_rates/newcombe.ts";

/** A possible pair of mean and correlation, with its posterior probability. */
export interface Possibility {
  /** Mean of the rates of all units that could be drawn. */
  readonly mean: number;
  /** Correlation of two samples of a unit: the share of the variance that lies between units. */
  readonly correlation: number;
  /** Its posterior probability. */
  readonly weight: number;
}

/** The posterior of mean and correlation. */
export interface Posterior {
  /** Possibilities with weights that add up to 1: so many a panel and direction as the `order`. */
  readonly possibilities: (order: number) => readonly Possibility[];
  /** The mean below which a share `p` of the posterior lies. */
  readonly meanQuantile: (p: number) => number;
  /** The correlation below which a share `p` of the posterior lies. */
  readonly correlationQuantile: (p: number) => number;
}

const RULE = gaussLegendre(10);
/** Panels at the start, in each direction, and how often they may be halved. */
const START = 4;
const ROUNDS = 30;
/** A panel is halved while its last coefficients are more than this share of the whole, */
const TOLERANCE = 1e-8;
/** and a possibility is left out if it is less likely than this. */
const UNLIKELY = 1e-11;

/** An axis with its panels; the mean is sin² of its axis, which makes its prior Beta(½, ½) flat. */
interface Axes {
  readonly angle: readonly Panel[];
  readonly correlation: readonly Panel[];
}

/**
 * Integrates the posterior of units whose counts were checked before. The rates of units are Beta with mean m and
 * variance m(1 − m)r; the prior of m is Beta(½, ½) and that of r flat on (0, 1), independent.
 */
export function integratePosterior(units: readonly Proportion[]): Posterior {
  const likelihood = logLikelihood(units);
  let axes: Axes = { angle: split(Math.PI / 2), correlation: split(1) };
  let grid = evaluate(likelihood, axes, RULE.nodes.length);
  for (let round = 0; round < ROUNDS; round++) {
    const next = { angle: refine(axes.angle, grid.angle), correlation: refine(axes.correlation, grid.correlation) };
    if (next.angle.length === axes.angle.length && next.correlation.length === axes.correlation.length) break;
    axes = next;
    grid = evaluate(likelihood, axes, RULE.nodes.length);
  }
  return {
    possibilities: (order) => evaluate(likelihood, axes, order).possibilities,
    meanQuantile: (p) => Math.sin(quantile(axes.angle, grid.angle, p)) ** 2,
    correlationQuantile: (p) => quantile(axes.correlation, grid.correlation, p),
  };
}

function split(end: number): Panel[] {
  return Array.from({ length: START }, (_, i) => ({ low: end * i / START, high: end * (i + 1) / START }));
}

/** Halves the panels on which the marginal density is not yet a polynomial. */
function refine(panels: readonly Panel[], density: readonly Float64Array[]): Panel[] {
  return panels.flatMap((panel, i) => {
    const all = coefficients(RULE, density[i]);
    const last = (Math.abs(all[all.length - 1]) + Math.abs(all[all.length - 2])) * (panel.high - panel.low);
    const middle = (panel.low + panel.high) / 2;
    return last < TOLERANCE ? [panel] : [{ low: panel.low, high: middle }, { low: middle, high: panel.high }];
  });
}

/** The log-likelihood at a mean, 1 less it, and a correlation; units alike are looked at once. */
function logLikelihood(units: readonly Proportion[]): (mean: number, rest: number, correlation: number) => number {
  const kinds = new Map<string, { successes: number; failures: number; count: number }>();
  for (const { successes, trials } of units) {
    const key = `${successes}/${trials}`;
    const count = (kinds.get(key)?.count ?? 0) + 1;
    kinds.set(key, { successes, failures: trials - successes, count });
  }
  const all = [...kinds.values()];
  return (mean, rest, correlation) => {
    const size = (1 - correlation) / correlation;
    let sum = 0;
    for (const { successes, failures, count } of all) {
      sum += count * (logRising(mean * size, successes) + logRising(rest * size, failures) -
        logRising(size, successes + failures));
    }
    return sum;
  };
}

/** The posterior on the nodes of all panels: the marginal densities panel by panel, and the possibilities. */
function evaluate(likelihood: ReturnType<typeof logLikelihood>, axes: Axes, order: number) {
  const rule = order === RULE.nodes.length ? RULE : gaussLegendre(order);
  const place = (panels: readonly Panel[]) =>
    panels.flatMap(({ low, high }) =>
      [...rule.nodes].map((node, i) => ({
        at: low + (high - low) * (node + 1) / 2,
        width: (high - low) / 2 * rule.weights[i],
      }))
    );
  const [angles, correlations] = [place(axes.angle), place(axes.correlation)];
  const logs = angles.map(({ at }) =>
    correlations.map((correlation) => likelihood(Math.sin(at) ** 2, Math.cos(at) ** 2, correlation.at))
  );
  const highest = logs.reduce((most, row) => row.reduce((a, b) => Math.max(a, b), most), -Infinity);
  const heights = logs.map((row) => row.map((log) => Math.exp(log - highest)));
  const byAngle = heights.map((row) => row.reduce((sum, height, j) => sum + height * correlations[j].width, 0));
  const total = byAngle.reduce((sum, height, i) => sum + height * angles[i].width, 0);
  const byCorrelation = correlations.map((_, j) =>
    heights.reduce((sum, row, i) => sum + row[j] * angles[i].width, 0) / total
  );
  const possibilities = angles.flatMap(({ at, width }, i) =>
    correlations.map((correlation, j) => ({
      mean: Math.sin(at) ** 2,
      correlation: correlation.at,
      weight: heights[i][j] * width * correlation.width / total,
    }))
  ).filter(({ weight }) => weight > UNLIKELY);
  const panelled = (values: number[], panels: readonly Panel[]) =>
    panels.map((_, i) => Float64Array.from(values.slice(i * order, (i + 1) * order)));
  return {
    angle: panelled(byAngle.map((height) => height / total), axes.angle),
    correlation: panelled(byCorrelation, axes.correlation),
    possibilities,
  };
}

/** Where a share `p` of a density given panel by panel lies below. */
function quantile(panels: readonly Panel[], density: readonly Float64Array[], p: number): number {
  let below = 0;
  for (const [i, { low, high }] of panels.entries()) {
    const [all, half] = [coefficients(RULE, density[i]), (high - low) / 2];
    const mass = integralTo(1, all) * half;
    if (below + mass < p && i < panels.length - 1) {
      below += mass;
      continue;
    }
    let [left, right] = [-1, 1];
    for (let halving = 0; halving < 60; halving++) {
      const middle = (left + right) / 2;
      if (below + integralTo(middle, all) * half < p) left = middle;
      else right = middle;
    }
    return low + half * (left + 1);
  }
  return NaN; // there is always a panel
}
