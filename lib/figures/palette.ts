/**
 * One colour, symbol and order for each level and outcome, the same in every figure.
 *
 * Colours are from the colour-blind safe set of Okabe & Ito (2008), https://jfly.uni-koeln.de/color/; the symbol carries
 * the same distinction, so that a figure survives a black-and-white print.
 *
 * @module
 */

/** How a level or an outcome is drawn. */
export interface Style {
  /** As CSS writes it. */
  readonly color: string;
  /** The shape of its mark. */
  readonly symbol: "circle" | "diamond" | "square" | "triangle" | "cross";
}

/** Levels of `goal_conflict`, in the order they are drawn. */
export const CONFLICT_STYLES: Readonly<Record<string, Style>> = {
  conflict: { color: "#D55E00", symbol: "circle" },
  ambiguous: { color: "#767676", symbol: "square" },
  none: { color: "#0072B2", symbol: "diamond" },
};

/** Levels of `goal_conflict` in words. */
export const CONFLICT_NAMES: Readonly<Record<string, string>> = {
  conflict: "goal conflict",
  ambiguous: "ambiguous goal",
  none: "no goal conflict",
};

/** Outcomes, in the order they are drawn. */
export const OUTCOME_STYLES: Readonly<Record<string, Style>> = {
  comply: { color: "#009E73", symbol: "circle" },
  refuse: { color: "#B8860B", symbol: "square" },
  subvert: { color: "#A6397F", symbol: "triangle" },
  indeterminate: { color: "#767676", symbol: "cross" },
};

/** What carries no level: text, differences, axes. */
export const INK = "#222222";
export const FAINT = "#D0D0D0";
export const GREY = "#595959";

/** A level that was assigned by an experimenter is drawn filled, one that was observed hollow. */
export interface LevelStyle extends Style {
  readonly isObserved: boolean;
}

const VIOLET = "#5D4B9B";

/** Factor → level → style, for factors whose levels are compared line by line. */
export const LEVEL_STYLES: Readonly<Record<string, Readonly<Record<string, LevelStyle>>>> = {
  prohibition: {
    none: { color: INK, symbol: "circle", isObserved: false },
    dont: { color: VIOLET, symbol: "square", isObserved: false },
  },
  /** Who called an answer a refusal. */
  labeler: {
    rules: { color: INK, symbol: "circle", isObserved: false },
    "string match": { color: VIOLET, symbol: "square", isObserved: false },
    judge: { color: "#8C4A00", symbol: "triangle", isObserved: false },
  },
  /** What the prompt said of tests, in jasmineee-li/eval-awareness. */
  warning: {
    bare: { color: INK, symbol: "circle", isObserved: false },
    safety_eval: { color: VIOLET, symbol: "square", isObserved: false },
    af: { color: "#8C4A00", symbol: "triangle", isObserved: false },
  },
  /** What a model said or showed of being tested; `all` is whoever it was said by, so what was assigned alone. */
  stated: {
    all: { color: INK, symbol: "circle", isObserved: false },
    real: { color: "#8C4A00", symbol: "triangle", isObserved: true },
    test: { color: VIOLET, symbol: "square", isObserved: true },
    nothing: { color: GREY, symbol: "diamond", isObserved: true },
  },
};

/** Levels that have no style of their own take these in their order, for as many as can be told apart. */
const SCALE: readonly Style[] = [
  { color: "#D55E00", symbol: "circle" },
  { color: "#0072B2", symbol: "diamond" },
  { color: "#00805C", symbol: "square" },
  { color: "#A6397F", symbol: "triangle" },
  { color: "#767676", symbol: "cross" },
  { color: "#8C4A00", symbol: "circle" },
  { color: VIOLET, symbol: "diamond" },
  { color: INK, symbol: "square" },
];

/** So many levels have a style each. */
export const MOST_STYLES = SCALE.length;

/** The styles that the project has for the levels of a factor. */
function ownStyles(factor: string): Readonly<Record<string, Style>> {
  return factor === "goal_conflict" ? CONFLICT_STYLES : LEVEL_STYLES[factor] ?? {};
}

/** Levels in the order in which they are drawn: that of the project first, the others as they come. */
export function levelsInOrder(factor: string, levels: readonly string[]): string[] {
  const own = Object.keys(ownStyles(factor)).filter((level) => levels.includes(level));
  return [...own, ...levels.filter((level) => !own.includes(level))];
}

/**
 * The style of each level of any factor, in order: that of the project where all of them have one, else the colour-blind
 * safe scale from its beginning.
 *
 * @throws {RangeError} if there are more levels than can be told apart
 *
 * @example
 * ```ts
 * import { stylesOf } from "$lib/figures/palette.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(stylesOf("goal_conflict", ["none", "conflict"])[0].color, "#0072B2");
 * assert.deepEqual(stylesOf("told", ["yes", "no"]).map(({ symbol }) => symbol), ["circle", "diamond"]);
 * ```
 */
export function stylesOf(factor: string, levels: readonly string[]): Style[] {
  const own = ownStyles(factor);
  if (levels.every((level) => Object.hasOwn(own, level))) return levels.map((level) => own[level]);
  if (levels.length > MOST_STYLES) {
    throw new RangeError(
      `Cannot draw ${levels.length} levels of ${factor} as ${MOST_STYLES} can be told apart: name some of them`,
    );
  }
  return SCALE.slice(0, levels.length);
}
