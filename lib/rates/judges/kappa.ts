/**
 * Cohen's kappa of two labelers with its interval, as every table of agreement shows it.
 *
 * @module
 */
import { bootstrapInterval } from "../../stats/clusters/bootstrap_interval.ts";
import { cohenKappa } from "../../stats/raters/cohen_kappa.ts";
import type { Ratings } from "../../stats/raters/ratings.ts";

/** Cohen's kappa with its bootstrap interval over samples; null where it does not exist, with the reason. */
export interface Kappa {
  /** Null where both used one and the same category throughout. */
  readonly kappa: number | null;
  /** Lower end of its interval. */
  readonly lower: number | null;
  /** Upper end of its interval. */
  readonly upper: number | null;
  /** Why a number is null. */
  readonly reason: string | null;
}

/** Returns the kappa of two labelers: one row a sample, what each called it. */
export function kappaOf(ratings: Ratings, seed: number): Kappa {
  const { estimate, lower, upper, reason } = bootstrapInterval(ratings, cohenKappa, { seed });
  return { kappa: estimate, lower, upper, reason };
}
