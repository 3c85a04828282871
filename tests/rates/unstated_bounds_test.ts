/** What abstainers could change in a comparison by stated belief, against every possible world. */
import assert from "node:assert/strict";
import { abstainerBounds } from "$lib/rates/comparing/unstated_bounds.ts";
import { missingBounds } from "$lib/stats/one_rate/missing_bounds.ts";

interface Tally {
  readonly yes: number;
  readonly all: number;
}

/** Every way in which abstainers join a group or neither, one by one; a null verdict may be either. */
function worlds(first: Tally, second: Tally, verdicts: readonly (boolean | null)[]): [Tally, Tally][] {
  if (verdicts.length === 0) return [[first, second]];
  const [verdict, ...rest] = verdicts;
  const joined = ({ yes, all }: Tally, success: boolean) => ({ yes: yes + (success ? 1 : 0), all: all + 1 });
  return (verdict === null ? [true, false] : [verdict]).flatMap((success) => [
    ...worlds(first, second, rest),
    ...worlds(joined(first, success), second, rest),
    ...worlds(first, joined(second, success), rest),
  ]);
}

const range = (values: readonly number[]) => ({ lower: Math.min(...values), upper: Math.max(...values) });
const close = (a: { lower: number; upper: number }, b: { lower: number; upper: number }) => {
  assert(Math.abs(a.lower - b.lower) < 1e-12 && Math.abs(a.upper - b.upper) < 1e-12, JSON.stringify([a, b]));
};

Deno.test("abstainerBounds() are the extremes over every world, for known and unknown verdicts of abstainers", () => {
  for (const [yes, no, unknown] of [[0, 0, 0], [0, 0, 4], [1, 2, 1], [2, 1, 2], [3, 0, 0], [0, 3, 2]]) {
    for (const [first, second] of [[[3, 5], [1, 7]], [[0, 2], [4, 4]], [[5, 9], [5, 9]]]) {
      const [one, other] = [first, second].map(([successes, scored]) => ({ successes, scored, missing: 0 }));
      const verdicts = [...Array(yes).fill(true), ...Array(no).fill(false), ...Array(unknown).fill(null)];
      const every = worlds({ yes: first[0], all: first[1] }, { yes: second[0], all: second[1] }, verdicts);
      const bounds = abstainerBounds(one, other, { successes: yes, scored: yes + no, missing: unknown });
      close(bounds.first, range(every.map(([{ yes, all }]) => yes / all)));
      close(bounds.second, range(every.map(([, { yes, all }]) => yes / all)));
      close(bounds.difference, range(every.map(([a, b]) => a.yes / a.all - b.yes / b.all)));
    }
  }
});

Deno.test("without abstainers the bounds of a group are those of its own missing verdicts", () => {
  const group = { successes: 3, scored: 8, missing: 2 };
  const { first, difference } = abstainerBounds(group, group, { successes: 0, scored: 0, missing: 0 });
  assert.deepEqual([first.lower, first.upper], missingBounds(3, 8, 2));
  close(difference, { lower: 0.3 - 0.5, upper: 0.5 - 0.3 });
});

Deno.test("abstainerBounds() says what is wrong with a count", () => {
  const [some, none] = [{ successes: 1, scored: 2, missing: 0 }, { successes: 0, scored: 0, missing: 3 }];
  assert.throws(() => abstainerBounds(some, none, none), /nothing scored/);
  assert.throws(() => abstainerBounds({ ...some, successes: 3 }, some, none), /successes must be <= scored \(2\)/);
  assert.throws(() => abstainerBounds(some, some, { ...none, missing: 0.5 }), /missing must be a whole number/);
});
