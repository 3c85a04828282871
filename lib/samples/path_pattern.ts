/**
 * Regular expressions that a `dataset.json` brings along. They are somebody else's, so that they run on RE2, which takes
 * time in proportion to the text whatever the expression is; JavaScript's own engine tries `((?:a|a)*)b` without end.
 *
 * @module
 */
import { RE2JS } from "re2js";

/** A longer expression is none that a person wrote. */
const LONGEST = 1000;

const compiled = new Map<string, RE2JS>();

function compile(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  if (pattern.length > LONGEST) throw new SyntaxError(`longer than ${LONGEST} letters`);
  const made = RE2JS.compile(pattern);
  if (compiled.size >= LONGEST) compiled.clear();
  compiled.set(pattern, made);
  return made;
}

/** Why an expression cannot name a part of a path; `undefined` where it can, which takes one group. */
export function whyNoPattern(pattern: string): string | undefined {
  try {
    const groups = compile(pattern).groupCount();
    return groups === 1 ? undefined : `${groups} groups`;
  } catch (error) {
    return `no regular expression of RE2, which has no look-around and no back references (${
      (error as Error).message
    })`;
  }
}

/**
 * The part of a path that the group of an expression names; `undefined` where it finds nothing.
 *
 * @throws {Error} if it is no regular expression: {@linkcode whyNoPattern} says so before
 *
 * @example
 * ```ts
 * import { partOf, whyNoPattern } from "$lib/samples/path_pattern.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(partOf("runs/gpt-4o/seed1.csv", "runs/([^/]+)/"), "gpt-4o");
 * assert.equal(partOf("a".repeat(5000), "((?:a|a)*)b"), undefined);
 * assert.equal(whyNoPattern("(a)(b)"), "2 groups");
 * ```
 */
export function partOf(path: string, pattern: string): string | undefined {
  const matcher = compile(pattern).matcher(path);
  return matcher.find() ? matcher.group(1) ?? undefined : undefined;
}
