/**
 * The name that was meant by one that is not there.
 *
 * @module
 */

/**
 * Returns the known name nearest to a name, or `undefined` where none is near: at most one letter in three is wrong,
 * missing, too many or changed places with the next (Damerau 1964, https://doi.org/10.1145/363958.363994), or one is the
 * beginning of the other.
 *
 * @example
 * ```ts
 * import { nearest } from "$lib/samples/nearest.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(nearest("confilct", ["none", "conflict"]), "conflict");
 * assert.equal(nearest("goal", ["model", "goal_conflict"]), "goal_conflict");
 * assert.equal(nearest("zebra", ["none", "conflict"]), undefined);
 * ```
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = plain(name);
  const near = known.map((one) => {
    const other = plain(one);
    const isStart = wanted.length > 1 && (other.startsWith(wanted) || other.length > 1 && wanted.startsWith(other));
    const edits = editsBetween(wanted, other);
    return { one, edits, isNear: isStart || edits <= Math.floor(wanted.length / 3) };
  });
  return near.filter(({ isNear }) => isNear).sort((a, b) => a.edits - b.edits)[0]?.one;
}

/** In small letters, and of a hostile length only its beginning. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]+/g, "_").slice(0, 80);
}

/** The optimal string alignment distance. */
function editsBetween(one: string, other: string): number {
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    [before, last] = [last, row];
  }
  return last[other.length];
}
