/**
 * Figure: the rate of one outcome under every policy, one column a condition, with the policies under which the finding
 * falls marked.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { type Rate, rateRow } from "../rates/counting/rates.ts";
import { type Figure, type FigureText, fullCaption } from "./figure.ts";
import { boundMarks, intervalMarks, shareGrid } from "./interval_marks.ts";
import { drawFigure } from "./draw.ts";
import type { PlotOptions } from "./page.ts";
import { GREY, INK, OUTCOME_STYLES } from "./palette.ts";
import { sayRow } from "../words/row.ts";

/** What to draw: rows grouped by `policy` and by one factor, all of one outcome. */
export interface PolicyRatesOptions extends FigureText {
  /** In the order of the policies. */
  readonly rows: readonly Rate[];
  /** The same groups for the outcome `indeterminate`, drawn as a cross each: they are in the denominator of the rates. */
  readonly indeterminate: readonly Rate[];
  /** The factor of the columns, and the heading of each of its levels in their order. */
  readonly column: { readonly factor: string; readonly names: Readonly<Record<string, string>> };
  /** Policies under which what the title states is not shown. */
  readonly flips: readonly string[];
  /** Axis label. */
  readonly axis: string;
}

const TICKS = [0, 0.5, 1];

/**
 * Draws one line a policy in the order of the rows, so the default first.
 *
 * @throws {RangeError} if a level has no heading: a column would be lost
 */
export function policyRatesFigure(
  { rows, indeterminate, column, flips, axis, ...text }: PolicyRatesOptions,
): Figure {
  const lost = rows.find(({ group }) => !Object.hasOwn(column.names, group[column.factor]));
  if (lost) {
    throw new RangeError(
      `Cannot draw ${column.factor} as a level has no heading: current value is ${lost.group[column.factor]}`,
    );
  }
  const policies = [...new Set(rows.map(({ group }) => group.policy))];
  const fx = ({ group }: Rate) => column.names[group[column.factor]];
  const y = ({ group }: Rate) => group.policy;
  const flipped = (policy: string) => flips.includes(policy);
  const label = { frameAnchor: "left", dx: -8, textAnchor: "end", y: (policy: string) => policy } as const;
  const first = Object.values(column.names)[0];
  const written = (policy: string) => policy.replaceAll("_", " ");
  const fallen = flips.length === 0 ? "no policy" : flips.map(written).join(", ");
  const reading =
    `Hollow: it is not shown (${fallen}). Cross: share of indeterminate samples, which are in the denominator.`;
  const caption = fullCaption({ ...text, caption: `${text.caption} ${reading}` }, rows);
  const style = OUTCOME_STYLES[rows[0]?.outcome] ?? { color: INK, symbol: "circle" as const };
  const hollow = rows.filter(({ group, rate }) => flipped(group.policy) && rate !== null);
  const plot: PlotOptions = {
    marginLeft: 104,
    marginRight: 10,
    marginTop: 30,
    marginBottom: 32,
    height: 66 + policies.length * 15,
    x: {
      domain: [0, 1],
      ticks: TICKS,
      tickFormat: (share: number) => String(share * 100),
      label: axis,
      labelAnchor: "center",
      labelArrow: "none",
    },
    y: { domain: policies, axis: null },
    fx: { domain: Object.values(column.names), label: null, padding: 0.24 },
    marks: [
      shareGrid(TICKS),
      Plot.axisFx({ anchor: "top", label: null, lineWidth: 7, fontWeight: 600 }),
      Plot.ruleX([0], { stroke: INK, strokeWidth: 0.8 }),
      ...boundMarks(rows, { y, fx }),
      Plot.dot(indeterminate.filter(({ rate }) => rate !== null), {
        x: "rate",
        y,
        fx,
        r: 2.2,
        symbol: "times",
        stroke: GREY,
      }),
      ...intervalMarks(rows, ({ rate }) => rate, sayRow, style, { y, fx }),
      Plot.dot(hollow, { x: "rate", y, fx, r: 2.6, symbol: style.symbol, fill: "white", stroke: style.color }),
      Plot.text(policies.filter((policy) => !flipped(policy)), {
        ...label,
        fx: () => first,
        text: written,
        fontWeight: 600,
      }),
      Plot.text(policies.filter(flipped), { ...label, fx: () => first, text: written, fill: GREY }),
    ],
  };
  const table = [...rows, ...indeterminate].map((row) => ({
    ...rateRow(row),
    holds: String(!flipped(row.group.policy)),
  }));
  return drawFigure(text, caption, table, plot);
}
