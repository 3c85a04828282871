/**
 * Rates as a danfojs frame.
 *
 * @module
 */
import { type Rate, rateRow } from "../rates/counting/rates.ts";
import { type Frame, frameOf } from "./frame.ts";

/** One row a rate: its group, outcome, count, scored, missing, rate with interval, and bounds. */
export function ratesFrame(rates: readonly Rate[]): Promise<Frame> {
  return frameOf(rates.map(rateRow));
}
