/**
 * What a rule of a policy asks of an act, as words.
 *
 * @module
 */
import type { When } from "./policy.ts";

/**
 * Says when a rule fires: `it is leaks or deceives, and nobody asks for it`.
 *
 * @example
 * ```ts
 * import { sayWhen } from "$lib/policies/say_rule.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(sayWhen({ act: ["leaks", "deceives"], asked: false }), "it leaks or deceives, and nobody asks for it");
 * ```
 */
export function sayWhen(when: When): string {
  const {
    act,
    only,
    against,
    to,
    benefits,
    asked,
    asked_by,
    forbidden_by,
    contradiction,
    prevents_worse,
    motive,
    covert,
  } = when;
  const parts = [
    act && `it ${anyOf(act)}`,
    only && `it ${anyOf(only)} and does nothing else`,
    against && `it is against the ${anyOf(against)}`,
    to && `it tells or asks the ${anyOf(to)}`,
    benefits && `it is for the benefit of ${anyOf(benefits)}`,
    asked !== undefined && (asked ? "someone asks for it" : "nobody asks for it"),
    asked_by && `the ${anyOf(asked_by)} asks for it`,
    forbidden_by && `the ${anyOf(forbidden_by)} forbids it`,
    contradiction !== undefined &&
    (contradiction ? "those with a say contradict each other about it" : "those with a say agree about it"),
    prevents_worse !== undefined && (prevents_worse ? "it prevents something worse" : "it prevents nothing worse"),
    motive && `its stated reason is ${anyOf(motive)}`,
    covert !== undefined && (covert ? "it hides its purpose" : "it does not hide its purpose"),
  ];
  return parts.filter((part) => typeof part === "string").join(", and ");
}

function anyOf(words: readonly string[]): string {
  const plain = words.map((word) => word.replaceAll("_", " "));
  return plain.length === 1 ? plain[0] : `${plain.slice(0, -1).join(", ")} or ${plain.at(-1)}`;
}
