/**
 * What every hypothesis test of this project says about itself.
 *
 * @module
 */

/** The result of a test; two-sided unless its method says otherwise. */
export interface TestResult {
  /** The test statistic; null for an exact test, which has none. */
  readonly statistic: number | null;
  /** Degrees of freedom of the statistic's reference distribution, where it has any. */
  readonly degrees?: number;
  /** Probability of data at least as far from the null hypothesis, in [0, 1]. */
  readonly pValue: number;
  /** Name of the method, as printed beside every p-value. */
  readonly method: string;
}
