/**
 * Figure: what each policy makes of each thing that a model could do in a dilemma.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { DilemmaCheck } from "../policies/check_policy.ts";
import { sayStatus } from "../words/say.ts";
import type { Figure, FigureText } from "./figure.ts";
import { drawFigure } from "./draw.ts";
import type { PlotOptions } from "./page.ts";
import { FAINT, GREY, INK, OUTCOME_STYLES } from "./palette.ts";

/** What to draw: the checks of one or several dilemmas under each policy. */
export interface DilemmasOptions extends FigureText {
  /** Policy by policy, in their order. */
  readonly checks: readonly { readonly policy: string; readonly dilemmas: readonly DilemmaCheck[] }[];
  /** Dilemma → heading of its panel, in their order. */
  readonly names: Readonly<Record<string, string>>;
}

interface Cell {
  readonly policy: string;
  readonly dilemma: string;
  readonly option: string;
  /** Place of the option in its dilemma. */
  readonly place: number;
  /** Null where it hangs on something that is not coded. */
  readonly outcome: string | null;
  readonly because: string;
  readonly answered: boolean;
}

/** Draws a mark for each policy and option, and says beside it where a policy has no answer. */
export function dilemmasFigure({ checks, names, ...text }: DilemmasOptions): Figure {
  const cells = checks.flatMap(({ policy, dilemmas }) =>
    dilemmas.filter(({ situation }) => Object.hasOwn(names, situation)).flatMap(({ situation, options, hasAnswer }) =>
      options.map(({ name, verdict: { outcome, because } }, place): Cell => (
        { policy, dilemma: names[situation], option: name, place, outcome, because, answered: hasAnswer }
      ))
    )
  );
  const policies = checks.map(({ policy }) => policy);
  const places = Array.from({ length: Math.max(...cells.map(({ place }) => place)) + 1 }, (_, place) => place);
  const headings = cells.filter(({ policy }) => policy === policies[0]);
  const panels = Object.values(names);
  const known = Object.keys(OUTCOME_STYLES).filter((outcome) => cells.some((cell) => cell.outcome === outcome));
  const written = (policy: string) => policy.replaceAll("_", " ");
  const silent = cells.filter(({ answered }) => !answered);
  const position = { x: "place", y: "policy", fx: "dilemma" } as const;
  const caption = `${text.caption} ${silent.length > 0 ? "Grey band: the standard has no answer. " : ""}${
    sayStatus(text.status)
  }`;
  const plot: PlotOptions = {
    marginLeft: 104,
    marginRight: 10,
    marginTop: 30,
    marginBottom: 26,
    height: 60 + policies.length * 16,
    x: { type: "band", domain: places, axis: null },
    y: { domain: policies, axis: null },
    fx: { domain: panels, label: null, padding: 0.12 },
    marks: [
      Plot.axisFx({ anchor: "top", label: null, lineWidth: 13, fontWeight: 600 }),
      Plot.cell(silent, { ...position, fill: FAINT, fillOpacity: 0.6, inset: 0 }),
      Plot.ruleY(policies, { stroke: FAINT, strokeWidth: 0.5 }),
      ...known.map((outcome) =>
        Plot.dot(cells.filter((cell) => cell.outcome === outcome), {
          ...position,
          symbol: OUTCOME_STYLES[outcome].symbol,
          fill: OUTCOME_STYLES[outcome].color,
          r: 4,
          title: ({ dilemma, option, because }: Cell) => `${dilemma}, ${option}: ${outcome}, as ${because}`,
        })
      ),
      Plot.text(cells.filter(({ outcome }) => outcome === null), { ...position, text: () => "missing", fill: GREY }),
      Plot.text(headings, { x: "place", fx: "dilemma", text: "option", frameAnchor: "bottom", dy: 14, fill: GREY }),
      Plot.text(policies, {
        fx: () => panels[0],
        y: (policy: string) => policy,
        frameAnchor: "left",
        dx: -8,
        textAnchor: "end",
        text: written,
        fill: INK,
      }),
    ],
  };
  const table = cells.map(({ answered, place: _, ...cell }) => ({ ...cell, answered: String(answered) }));
  return drawFigure(
    text,
    caption,
    table,
    plot,
    known.map((outcome) => ({ word: outcome, color: OUTCOME_STYLES[outcome].color })),
  );
}
