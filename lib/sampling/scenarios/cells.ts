/**
 * The conditions of a scenario: every combination of levels that makes sense.
 *
 * @module
 */
import type { Condition } from "../../samples/sample.ts";
import type { ExcludedCell, Scenario } from "./scenario.ts";

/** Which levels are wanted, by factor: `{ threat: ["replacement", "none"] }`. */
export type Where = Readonly<Record<string, readonly string[]>>;

/**
 * Returns the conditions of a scenario, the last factor changing fastest, without those that are excluded.
 *
 * @param where only conditions whose levels are among these
 * @throws {RangeError} if there is no such factor or level, or nothing is left; the message names those there are
 *
 * @example
 * ```ts
 * import { cellsOf } from "$lib/sampling/scenarios/cells.ts";
 * import { loadScenario } from "$lib/sampling/scenarios/load_scenario.ts";
 * import assert from "node:assert/strict";
 *
 * const letters = await loadScenario("letters");
 * assert.equal(cellsOf(letters).length, 4);
 * assert.deepEqual(cellsOf(letters, { objection: ["aside"], letter: ["plea"] }), [{ letter: "plea", objection: "aside" }]);
 * ```
 */
export function cellsOf(scenario: Scenario, where: Where = {}): Condition[] {
  for (const [factor, levels] of Object.entries(where)) {
    const known = scenario.factors[factor];
    if (known === undefined) {
      throw new RangeError(
        `Cannot select by ${factor} as scenario ${scenario.name} has factors ${
          Object.keys(scenario.factors).join(", ")
        }`,
      );
    }
    const wrong = levels.find((level) => known.levels[level] === undefined);
    if (wrong !== undefined) {
      throw new RangeError(
        `Cannot select ${factor}=${wrong} as its levels are ${Object.keys(known.levels).join(", ")}`,
      );
    }
  }
  const cells = everyCell(scenario).filter((cell) =>
    reasonAgainst(scenario, cell) === undefined &&
    Object.entries(where).every(([factor, levels]) => levels.includes(cell[factor]))
  );
  if (cells.length === 0) throw new RangeError(`Cannot select as every condition with these levels is excluded`);
  return cells;
}

/** Returns the conditions that are left out, each with the first reason that is given. */
export function excludedCells(scenario: Scenario): ExcludedCell[] {
  return everyCell(scenario).flatMap((condition) => {
    const reason = reasonAgainst(scenario, condition);
    return reason === undefined ? [] : [{ condition, reason }];
  });
}

function everyCell({ factors }: Scenario): Condition[] {
  return Object.entries(factors).reduce<Condition[]>(
    (cells, [factor, { levels }]) =>
      cells.flatMap((cell) => Object.keys(levels).map((level) => ({ ...cell, [factor]: level }))),
    [{}],
  );
}

function reasonAgainst({ excluded }: Scenario, cell: Condition): string | undefined {
  return excluded.find(({ condition }) => Object.entries(condition).every(([factor, level]) => cell[factor] === level))
    ?.reason;
}
