/**
 * The check of a file that people write by hand: everything that is wrong with it at once, and what could stand there.
 *
 * @module
 */
import { z } from "zod";
import { parseJson } from "../json/strict.ts";

/** An object with these fields and no others; a field that it does not know is answered with those it knows. */
export function closed<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: ({ code, keys }) =>
      code === "unrecognized_keys" ? `has no field ${(keys as string[]).join(", ")}: fields are ${known}` : undefined,
  });
}

/**
 * Returns what a text holds, as `what` (`policy mine.json`).
 *
 * @throws {SyntaxError} if it is not JSON, or the check finds anything; the message names each place, rules and
 *   situations counted as people do
 */
export function checked<T>(text: string, schema: z.ZodType<T>, what: string): T {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    throw new SyntaxError(`Cannot use ${what}: ${(error as Error).message}`);
  }
  const { success, data, error } = schema.safeParse(value, { error: plainly });
  if (success) return data;
  const problems = error.issues.map(({ path, message }) => `${placeOf(path)}${message}`);
  throw new SyntaxError(`Cannot use ${what}: ${problems.join("; ")}`);
}

function plainly({ code, input, values }: z.core.$ZodRawIssue): string | undefined {
  if (input === undefined) return "is missing";
  if (code === "invalid_value") return `${JSON.stringify(input)} is none of ${(values as string[]).join(", ")}`;
  return undefined;
}

/** `rule 3: when.act[0] `, `situation 2: title `; nothing for the whole. */
function placeOf([first, index, ...rest]: readonly PropertyKey[]): string {
  if (first === undefined) return "";
  if (typeof first === "string" && typeof index === "number") {
    return [`${first.replace(/s$/, "")} ${index + 1}:`, fieldOf(rest)].filter(Boolean).join(" ") + " ";
  }
  return `${fieldOf(index === undefined ? [first] : [first, index, ...rest])} `;
}

function fieldOf(path: readonly PropertyKey[]): string {
  return z.core.toDotPath(path as (string | number)[]);
}
