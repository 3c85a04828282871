/**
 * A figure: one picture with its table, caption and provenance.
 *
 * @module
 */
import type { Contrast } from "../rates/comparing/contrasts.ts";
import type { Status } from "../rates/planning/planned_by.ts";
import type { Rate, TableRow } from "../rates/counting/rates.ts";
import { DEFAULT_LEVEL } from "../stats/numbers/interval.ts";
import { percent } from "../words/percent.ts";
import { sayIntervals } from "../words/over.ts";
import { sayExcluded, sayMissing, sayScored, sayStatus } from "../words/say.ts";

/** A data set that a figure was made from, by name and by the hash of each file, with what its card leaves out. */
export interface FigureData {
  /** The name of the data set. */
  readonly name: string;
  /** Each file with the hash of its bytes. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  /** What its card says of nominal numbers and of what is excluded. */
  readonly card?: {
    readonly nominal?: string;
    readonly excluded: readonly { readonly what: string; readonly count: number }[];
  };
}

/** What every figure is told by its maker. */
export interface FigureText {
  /** File name without ending; unique. */
  readonly name: string;
  /** States the finding. */
  readonly title: string;
  /** Says what was run and where it was published; n, missing, exclusions and intervals are added from the numbers. */
  readonly caption: string;
  /** Whether the comparison was planned before the data were seen. */
  readonly status: Status;
  /** What it was made from. */
  readonly data: readonly FigureData[];
  /** The seed of any random draw; absent where nothing is drawn. */
  readonly seed?: number;
}

/** One picture with its table, caption and provenance. */
export interface Figure extends FigureText {
  /** A whole SVG document with title and caption. */
  readonly svg: string;
  /** Every number that is plotted. */
  readonly table: readonly TableRow[];
}

/**
 * Returns the whole caption: what the maker says, then n, missing, exclusions and intervals as the numbers have them, with
 * what they are over, then whether the result was planned.
 *
 * @param rows the rates, or of contrasts their arms
 * @param drawn what the bars are of, where that is not the rates
 */
export function fullCaption(
  text: FigureText,
  rows: readonly Rate[],
  drawn: readonly (Rate | Contrast)[] = rows,
): string {
  checkText(text);
  const { caption, data, status } = text;
  const nominal = data.some(({ card }) => card?.nominal !== undefined) ? "nominal " : "";
  const excluded = sayExcluded(data.flatMap(({ card }) => card?.excluded ?? []));
  const facts = `${nominal}${sayScored(rows)}, ${sayMissing(rows)}, ${excluded}; bars: ${
    percent(rows[0]?.level ?? DEFAULT_LEVEL)
  } ${sayIntervals(drawn)}`;
  return `${caption} Counts: ${facts}. ${sayStatus(status)}`;
}

/** What each part of a figure's text is for; a cell of a notebook is not type-checked before it runs. */
const PARTS = {
  name: "a file name without ending",
  title: "state the finding",
  caption: "say what was run and where it was published",
  status: '"exploratory", or what statusOf() says',
  data: "the data sets that it was made from",
} as const;

/** @throws {TypeError} if a part of the text is missing: which one, and what it is for */
export function checkText(text: FigureText): void {
  for (const [part, meaning] of Object.entries(PARTS)) {
    if (text[part as keyof typeof PARTS] === undefined) {
      throw new TypeError(
        `Cannot draw the figure ${text.name ?? "without a name"} as its ${part} is missing: ${meaning}`,
      );
    }
  }
}

/** The row of a figure's table for a contrast: both arms' counts, the difference and its interval. */
export function contrastRow(
  { group, factor, outcome, first, second, difference, lower, upper, level, method, over, pairs }: Contrast,
): TableRow {
  return {
    ...group,
    outcome,
    factor,
    first: first?.group[factor] ?? null,
    first_count: first?.count ?? null,
    first_scored: first?.scored ?? null,
    second: second?.group[factor] ?? null,
    second_count: second?.count ?? null,
    second_scored: second?.scored ?? null,
    first_clusters: first?.clusters ?? null,
    second_clusters: second?.clusters ?? null,
    ...(pairs === undefined ? {} : { pairs }),
    difference,
    lower,
    upper,
    level,
    method,
    over,
  };
}
