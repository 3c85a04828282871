/**
 * `--where FACTOR=LEVEL`: only samples of some levels.
 *
 * @module
 */
import type { Levels } from "../../rates/counting/chosen.ts";
import { UsageError } from "./main.ts";

/** The option, as parseArgs() takes it. */
export const WHERE_OPTION = { where: { type: "string", multiple: true } } as const;

/** What it means, for the usage of a command. */
export const WHERE_USAGE = "  --where     only samples of this level: FACTOR=LEVEL; may be repeated, of one factor too";

/** Factor → levels; one option may name several pairs, separated by commas as elsewhere. */
export function levelsOf(given: readonly string[] = []): Levels {
  const levels = new Map<string, string[]>();
  for (const pair of given.flatMap((list) => list.split(/,(?=[^,=]+=)/))) {
    const at = pair.indexOf("=");
    const [factor, level] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (at < 1 || factor === "" || level === "") {
      throw new UsageError(`Cannot choose samples as --where must be FACTOR=LEVEL: current value is ${pair}`);
    }
    levels.set(factor, [...levels.get(factor) ?? [], level]);
  }
  return Object.fromEntries(levels);
}
