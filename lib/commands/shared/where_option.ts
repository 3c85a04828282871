/**
 * `--where FACTOR=LEVEL,…`: only these levels.
 *
 * @module
 */
import type { Rate } from "../../rates/counting/rates.ts";
import type { Where } from "../../sampling/scenarios/cells.ts";
import { UsageError } from "./main.ts";
import { fieldsOf } from "./questions.ts";

/** @throws {UsageError} if no rate has the level */
export function checkThere(name: string, level: string, rows: readonly Rate[]): void {
  const levels = [...new Set(rows.map(({ group }) => group[name]))];
  if (levels.includes(level)) return;
  throw new UsageError(`Cannot choose ${name}=${level} as no sample has it: levels are ${levels.join(", ") || "none"}`);
}

/** The levels of `threat=replacement,prohibition=none`. */
export function levelsOf(list: string): Record<string, string> {
  return Object.fromEntries(
    fieldsOf(list).map((pair) => {
      const [factor, level] = pair.split("=", 2).map((part) => part.trim());
      if (!factor || !level) {
        throw new UsageError(`Cannot choose levels as --where must be FACTOR=LEVEL,…: current value is ${pair}`);
      }
      return [factor, level];
    }),
  );
}

/** The levels of options such as `threat=none,replacement`, by factor: several of one factor are all wanted. */
export function wanted(given: readonly string[]): Where {
  return Object.fromEntries(given.map((text) => {
    const [, factor, levels] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (levels === undefined) throw new UsageError(`Cannot use --where as it must be FACTOR=LEVEL: it is ${text}`);
    return [factor, fieldsOf(levels)];
  }));
}
