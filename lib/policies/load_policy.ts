/**
 * Reads policies from `data/policies/`.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type Policy, policySchema } from "./policy.ts";
import { parseJson } from "../json/strict.ts";

const FOLDER = fileURLToPath(new URL("../../data/policies/", import.meta.url));

/**
 * Returns the policy with this name: that of a file `NAME.json` in `data/policies/`.
 *
 * @throws {RangeError} if there is no such file; the message lists those there are
 * @throws {SyntaxError} if the file is not JSON, or not a policy; the message names each rule and field at fault
 */
export async function loadPolicy(name: string): Promise<Policy> {
  const names = await policyNames();
  if (!names.includes(name)) {
    throw new RangeError(`Cannot use policy ${name} as there is none of that name: policies are ${names.join(", ")}`);
  }
  return parsePolicy(await Deno.readTextFile(join(FOLDER, `${name}.json`)), `data/policies/${name}.json`);
}

/** Returns every policy there is, the default first and the others by name. */
export async function loadPolicies(): Promise<Policy[]> {
  return await Promise.all((await policyNames()).map(loadPolicy));
}

/** The policy that is used where none is named. */
export const DEFAULT_POLICY = "obey_or_refuse";

async function policyNames(): Promise<string[]> {
  const files = (await Array.fromAsync(Deno.readDir(FOLDER))).map(({ name }) => name);
  const names = files.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length)).sort();
  return [DEFAULT_POLICY, ...names.filter((name) => name !== DEFAULT_POLICY)];
}

/**
 * Returns a policy from its text.
 *
 * @throws {SyntaxError} if it is not JSON, or not a policy; the message names each rule and field at fault
 *
 * @example
 * ```ts
 * import { parsePolicy } from "$lib/policies/load_policy.ts";
 * import assert from "node:assert/strict";
 *
 * assert.throws(() => parsePolicy('{"rules": [{"when": {"act": ["lies"]}}]}', "mine.json"), /rule 1: when\.act\[0\]/);
 * ```
 */
export function parsePolicy(text: string, file: string): Policy {
  const { success, data, error } = policySchema.safeParse(parsed(text, file));
  if (success) return data;
  const problems = error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`);
  throw new SyntaxError(`Cannot use policy ${file}: ${problems.join("; ")}`);
}

function parsed(text: string, file: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new SyntaxError(`Cannot use policy ${file}: ${(error as Error).message}`);
  }
}

/** `rule 3: when.act[0]`, counting rules as people do. */
function placeOf(path: readonly PropertyKey[]): string {
  const [first, index, ...rest] = path;
  if (first === "rules" && typeof index === "number") {
    return [`rule ${index + 1}`, fieldOf(rest)].filter(Boolean).join(": ");
  }
  return fieldOf(path) || "policy";
}

function fieldOf(path: readonly PropertyKey[]): string {
  return z.core.toDotPath(path as (string | number)[]);
}
