/**
 * Reads policies: those in `data/policies/`, by name, and those of one's own, by path.
 *
 * @module
 */
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checked } from "./checked.ts";
import { type Policy, policySchema } from "./policy.ts";

const FOLDER = fileURLToPath(new URL("../../data/policies/", import.meta.url));

/**
 * Returns the policy with this name, that of a file `NAME.json` in `data/policies/`, or the one in a file of one's own:
 * a path with a slash or the ending `.json`.
 *
 * @throws {RangeError} if there is no such file; the message lists the names that there are
 * @throws {SyntaxError} if the file is not JSON, or not a policy, or its name is another than the file's or that of a
 *   shipped one; the message names each rule and field at fault
 */
export async function loadPolicy(name: string): Promise<Policy> {
  if (/[/\\]|\.json$/.test(name)) return await policyOfPath(name);
  const names = await policyNames();
  if (names.includes(name)) return await policyIn(join(FOLDER, `${name}.json`), `data/policies/${name}.json`);
  throw new RangeError(
    `Cannot use policy ${name} as there is none of that name: policies are ${
      names.join(", ")
    }; a file of your own is ` +
      `named by its path, such as ./${name}.json`,
  );
}

/**
 * Returns every policy there is, the default first and the others by name.
 *
 * @throws {SyntaxError} if any of the files is no policy; {@linkcode readPolicies} gives the others all the same
 */
export async function loadPolicies(): Promise<Policy[]> {
  const { policies, problems } = await readPolicies();
  if (problems.length > 0) throw new SyntaxError(problems.join("; "));
  return policies;
}

/**
 * Returns the policies of a folder that can be used, the default first and the others by name, and what is wrong with each
 * other: one broken file does not block the rest.
 */
export async function readPolicies(folder: string = FOLDER): Promise<{ policies: Policy[]; problems: string[] }> {
  const shown = folder === FOLDER ? "data/policies" : folder;
  const read = await Promise.allSettled(
    (await policyNames(folder)).map((name) => policyIn(join(folder, `${name}.json`), `${shown}/${name}.json`)),
  );
  return {
    policies: read.flatMap((one) => one.status === "fulfilled" ? [one.value] : []),
    problems: read.flatMap((one) => one.status === "rejected" ? [(one.reason as Error).message] : []),
  };
}

/** The policy that is used where none is named. */
export const DEFAULT_POLICY = "obey_or_refuse";

async function policyNames(folder: string = FOLDER): Promise<string[]> {
  const files = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  const names = files.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length)).sort();
  return names.sort((a, b) => Number(b === DEFAULT_POLICY) - Number(a === DEFAULT_POLICY));
}

/** Two standards of one name could not be told apart in what is printed, drawn or planned. */
async function policyOfPath(path: string): Promise<Policy> {
  const policy = await policyIn(path, path);
  const isShipped = (await policyNames()).includes(policy.name);
  if (isShipped && resolve(path) !== join(FOLDER, `${policy.name}.json`)) {
    throw new SyntaxError(
      `Cannot use policy ${path} as a shipped one is named ${policy.name}: give yours, and its file, a name of its own`,
    );
  }
  return policy;
}

async function policyIn(path: string, shown: string): Promise<Policy> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new RangeError(`Cannot use policy ${shown} as there is no such file`);
  }
  const policy = parsePolicy(text, shown);
  const name = basename(path, ".json");
  if (policy.name === name) return policy;
  throw new SyntaxError(
    `Cannot use policy ${shown} as the name in it is ${policy.name}: write "name": "${name}", or name the file ` +
      `${policy.name}.json`,
  );
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
  return checked(text, policySchema, `policy ${file}`);
}
