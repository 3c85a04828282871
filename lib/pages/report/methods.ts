/**
 * How the numbers of a report were made, as a paragraph for a paper, with what it cites.
 *
 * @module
 */
import { percent } from "../../words/percent.ts";
import { sayMethod } from "../../words/over.ts";
import { sayList } from "../../words/say.ts";
import type { ReportSource } from "./source.ts";

/** A source that is cited: how it is named in the text, and where it is. */
interface Cited {
  readonly as: string;
  readonly at: string;
}

const doi = (as: string, name: string): Cited => ({ as, at: `https://doi.org/${name}` });
const BROWN = doi("Brown, Cai & DasGupta 2001", "10.1214/ss/1009213286");
const NEWCOMBE = doi("Newcombe 1998", "10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I");

/** What the name of a method holds, and whom it cites; the first that fits. */
const SOURCES: readonly (readonly [RegExp, Cited])[] = [
  [/newcombe|mover/, NEWCOMBE],
  [/betting/, doi("Waudby-Smith & Ramdas 2024", "10.1093/jrsssb/qkad009")],
  [/beta-binomial/, doi("Saha, Miller & Wang 2016", "10.1515/ijb-2015-0024")],
  [/effective/, doi("Franco et al. 2019", "10.1093/jssam/smy019")],
  [/clopper/, doi("Clopper & Pearson 1934", "10.1093/biomet/26.4.404")],
  [/agresti/, doi("Agresti & Coull 1998", "10.1080/00031305.1998.10480550")],
  [/wilson|jeffreys/, BROWN],
  [/fisher/, doi("Agresti 1992", "10.1214/ss/1177011454")],
  [/mcnemar/, doi("McNemar 1947", "10.1007/BF02295996")],
  [/tango/, doi("Tango 1998", "10.1002/(SICI)1097-0258(19980430)17:8%3C891::AID-SIM780%3E3.0.CO;2-B")],
  [/permutation/, doi("Phipson & Smyth 2010", "10.2202/1544-6115.1585")],
  [/cochran/, doi("Mantel & Haenszel 1959", "10.1093/jnci/22.4.719")],
  [/sato/, { as: "Sato 1989", at: "https://www.jstor.org/stable/2531784" }],
];

const HOLM: Cited = { as: "Holm 1979", at: "https://www.jstor.org/stable/4615733" };

/** The paragraph, and the sources it names in their order. */
export function methodsOf(source: ReportSource): { readonly text: string; readonly cited: readonly Cited[] } {
  const { rows, contrasts, together, standards, agreement, version } = source;
  const cited = new Map<string, Cited>();
  const named = (method: string): string => {
    const found = SOURCES.find(([of]) => of.test(method))?.[1];
    if (found !== undefined) cited.set(found.at, found);
    return found === undefined ? sayMethod(method) : `${sayMethod(method)} (${found.as})`;
  };
  const distinct = (methods: readonly (string | undefined)[]) =>
    [...new Set(methods.filter((method) => method !== undefined && method !== "none"))].map((method) => named(method!));
  const level = percent(rows[0]?.level ?? 0.95);
  const overs = [...new Set(rows.map(({ over }) => over).filter((over) => over !== "nothing"))];
  const tests = distinct(contrasts.map(({ contrast }) => contrast.test?.method));
  const sentences = [
    "A rate is the share of samples with a verdict for which it is yes; a sample without a usable verdict is missing, is " +
    "not in the rate, and widens the bounds, which say what the rate would be if every missing one were no, or yes.",
    `Intervals of rates (${level}): ${sayList(distinct(rows.map(({ method }) => method)))}, over ${sayList(overs)}.`,
  ];
  if (contrasts.length > 0) {
    const methods = distinct(contrasts.map(({ contrast }) => contrast.method));
    sentences.push(`Differences are first minus second; intervals: ${sayList(methods)}; tests: ${sayList(tests)}.`);
  }
  if (contrasts.length > 1) {
    cited.set(HOLM.at, HOLM);
    sentences.push(`p-values are adjusted over all ${contrasts.length} comparisons (${HOLM.as}).`);
  }
  if (together !== undefined) {
    const methods = distinct([together.difference?.method, together.test?.method]);
    sentences.push(`All together: ${sayList(methods)}, within ${sayList(source.by)}.`);
  }
  if (standards.length > 0) {
    sentences.push(
      "Acts were coded without judging them, and judged by each written standard in the situation of the sample.",
    );
  }
  if (agreement.length > 0) {
    sentences.push("Agreement has bootstrap intervals over samples (seed 1), each sample taken as independent.");
  }
  sentences.push(`Computed with obey-or-refuse ${version}. No comparison here is claimed to have been planned.`);
  return { text: sentences.join(" "), cited: [...cited.values()] };
}
