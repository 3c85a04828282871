/**
 * What a report is made from: numbers that are counted already, and where the samples behind them are.
 *
 * @module
 */
import type { FamilyMember } from "../../rates/comparing/family.ts";
import type { StratifiedContrast } from "../../rates/comparing/stratified_contrast.ts";
import type { Rate } from "../../rates/counting/rates.ts";
import type { AgreementRow } from "../../rates/judges/agreement.ts";
import type { Scanned } from "../../reading/scan.ts";

/** What a standard makes of the same samples. */
export interface StandardRow {
  /** Its name. */
  readonly policy: string;
  /** What it says, in a line. */
  readonly title: string;
  /** The rates under it, in the order of the levels; put together over what is held fixed. */
  readonly rates: readonly Rate[];
  /** What is found under it, as a sentence. */
  readonly finding: string;
}

/** What a report is made from. */
export interface ReportSource {
  /** Of the page. */
  readonly title: string;
  /** What was asked, in a line. */
  readonly question: string;
  /** What is found, as a sentence. */
  readonly answer: string;
  /** Each data set with its account. */
  readonly datasets: readonly Scanned[];
  /** The factor that is compared, and its levels in their order. */
  readonly factor: string;
  /** In the order they are drawn. */
  readonly levels: readonly string[];
  /** What is held fixed. */
  readonly by: readonly string[];
  /** One outcome or score by all these. */
  readonly rows: readonly Rate[];
  /** Where two levels are compared. */
  readonly contrasts: readonly FamilyMember[];
  /** All contrasts together, where there are several. */
  readonly together?: StratifiedContrast;
  /** Every outcome at each level, where acts are coded. */
  readonly outcomes: readonly Rate[];
  /** The same samples by every standard, where acts are coded. */
  readonly standards: readonly StandardRow[];
  /** How far labelers agree, where several answer. */
  readonly agreement: readonly AgreementRow[];
  /** What must be said beside the numbers. */
  readonly notes: readonly string[];
  /** What could not be used, a line each. */
  readonly problems: readonly string[];
  /** The address of the samples behind a number; `undefined` where there are none. */
  readonly linkOf: (row: Rate, answer?: "yes" | "missing") => string | undefined;
  /** Files beside the page, each with what it is. */
  readonly beside: readonly { readonly file: string; readonly what: string }[];
  /** The command that made it, as it was typed. */
  readonly command: string;
  /** The version of this project. */
  readonly version: string;
}
