/** No code is alive for tests alone: each export serves the library itself, a notebook, or has its reason here. */
import assert from "node:assert/strict";

/** What stands here is meant for users alone, with why they would want it. */
const FOR_USERS: Readonly<Record<string, string>> = {
  clustersForTrials: "planning: how many prompts a number of independent samples is worth",
  confidenceSequence: "a rate over prompts that is looked at after each of them",
  fisherMidP: "asked for where Fisher's exact test is thought too strict",
  leastCoverage: "how an interval of one's own does where it does worst",
  miettinenNurminen: "asked for by name where a journal or an earlier paper used it",
  pairedContrast: "two arms over the same prompts",
  tippingLine: "which values of what is missing would turn a difference",
  tippingPoint: "which values of what is missing would turn a rate",
  unitRanks: "which unit is the worst, and how sure that is",
  unitRates: "each unit's rate, drawn towards the mean as far as the data ask",
};

const ROOT = new URL("..", import.meta.url);

interface Module {
  readonly path: string;
  readonly exported: readonly string[];
  /** Every word of its code without comments, and how often it stands there. */
  readonly words: ReadonlyMap<string, number>;
}

async function* filesBelow(folder: URL, end: string): AsyncGenerator<URL> {
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isDirectory) yield* filesBelow(new URL(`${entry.name}/`, folder), end);
    else if (entry.name.endsWith(end)) yield new URL(entry.name, folder);
  }
}

function moduleOf(path: string, text: string): Module {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const exported = [...code.matchAll(/^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm)];
  return { path, exported: exported.map(([, name]) => name), words: countWords(code) };
}

function countWords(code: string): Map<string, number> {
  const words = new Map<string, number>();
  for (const word of code.match(/\w+/g) ?? []) words.set(word, (words.get(word) ?? 0) + 1);
  return words;
}

Deno.test("every export is used by the library, a notebook or a user for a stated reason", async () => {
  const modules: Module[] = [];
  for await (const url of filesBelow(new URL("lib/", ROOT), ".ts")) {
    modules.push(moduleOf(url.pathname.slice(ROOT.pathname.length), await Deno.readTextFile(url)));
  }
  const notebooks = new Set<string>();
  for await (const url of filesBelow(new URL("notebooks/", ROOT), ".ipynb")) {
    for (const word of (await Deno.readTextFile(url)).match(/\w+/g) ?? []) notebooks.add(word);
  }
  const users = modules.filter(({ path }) => path !== "lib/mod.ts");
  const unused = modules.flatMap(({ path, exported }) =>
    exported.filter((name) =>
      !notebooks.has(name) &&
      !users.some((module) => (module.words.get(name) ?? 0) > Number(module.path === path)) // once where it is made
    ).map((name) => ({ path, name }))
  );
  const unexplained = unused.filter(({ name }) => !Object.hasOwn(FOR_USERS, name));
  assert.deepEqual(unexplained.map(({ path, name }) => `${path}: ${name}`), []);
  const used = Object.keys(FOR_USERS).filter((name) => !unused.some((one) => one.name === name));
  assert.deepEqual(used, [], "has a reason here and is used all the same: take it from the list");
});
