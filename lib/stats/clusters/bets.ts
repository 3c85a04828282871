/**
 * How a gambler bets who doubts a mean: the part that the betting interval and the betting sequence share.
 *
 * @module
 */

/** The share of the capital that may be lost at one bet. */
export const STAKE = 3 / 4;

/**
 * The size of each bet, by what was seen before it: √(2 ln(2/α) / (horizon σ̂²)), with the mean and the variance drawn
 * towards 1/2 and 1/4.
 *
 * @param order values in [0, 1]
 * @param horizon for how many bets from 1 on the gambler plans when he makes the one of that number
 */
export function plugInBets(order: readonly number[], level: number, horizon: (bet: number) => number): Float64Array {
  const bets = new Float64Array(order.length);
  let [sum, squares, variance] = [1 / 2, 1 / 4, 1 / 4];
  for (let i = 0; i < order.length; i++) {
    bets[i] = Math.sqrt(2 * Math.log(2 / (1 - level)) / (horizon(i + 1) * variance));
    sum += order[i];
    squares += (order[i] - sum / (i + 2)) ** 2;
    variance = squares / (i + 2);
  }
  return bets;
}
