/**
 * Pairs: two samples of the same model and wording that differ in one factor alone. It runs in the browser, as text.
 *
 * @module
 */
import type { ReaderData } from "./data.ts";

/** Which factor is compared, and its two levels; all are numbers. */
export interface Compared {
  readonly factor: number;
  readonly first: number;
  readonly second: number;
}

/** Numbers of samples side by side, and how many have no partner. */
export interface Pairs {
  readonly pairs: readonly { readonly first: number; readonly second: number }[];
  readonly alone: number;
}

/**
 * Puts together samples that are alike in model, scenario and every other factor of their condition: the first with the
 * first, the second with the second, as they were read.
 */
export function pairsOf(data: ReaderData, { factor, first, second }: Compared): Pairs {
  const others = data.factors.flatMap(({ isCondition }, at) => isCondition && at !== factor ? [at] : []);
  const groups = new Map<string, { readonly first: number[]; readonly second: number[] }>();
  data.samples.forEach(({ levels }, index) => {
    if (levels[factor] !== first && levels[factor] !== second) return;
    const key = others.map((other) => levels[other]).join();
    const group = groups.get(key) ?? { first: [], second: [] };
    groups.set(key, group);
    group[levels[factor] === first ? "first" : "second"].push(index);
  });
  const pairs = [...groups.values()].flatMap((group) =>
    group.first.slice(0, group.second.length).map((one, at) => ({ first: one, second: group.second[at] }))
  );
  const alone = [...groups.values()].reduce((sum, one) => sum + Math.abs(one.first.length - one.second.length), 0);
  return { pairs, alone };
}

/** What to compare first: goal_conflict, else another factor, else models or scenarios, whatever gives a pair. */
export function firstCompared(data: ReaderData): Compared | undefined {
  const last = ["model", "scenario"];
  const rank = ({ name }: { readonly name: string }) => name === "goal_conflict" ? -1 : last.indexOf(name) + 1;
  const order = data.factors.flatMap(({ isCondition }, at) => isCondition ? [at] : [])
    .sort((a, b) => rank(data.factors[a]) - rank(data.factors[b]) || a - b);
  for (const factor of order) {
    for (const [first, second] of levelPairs(data.factors[factor].levels.length)) {
      if (pairsOf(data, { factor, first, second }).pairs.length > 0) return { factor, first, second };
    }
  }
  return undefined;
}

/** Two of so many levels, in order; of many, only neighbours of the first few. */
export function levelPairs(levels: number): [number, number][] {
  const few = Math.min(levels, 6);
  return Array.from(
    { length: few },
    (_, a) => Array.from({ length: few - a - 1 }, (_, b): [number, number] => [a, a + b + 1]),
  )
    .flat();
}
