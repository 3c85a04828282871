/**
 * Reads a scenario: `scenario.json` and the Markdown fragments beside it.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseJson } from "../../json/strict.ts";
import { FIXED_FACTORS } from "../../samples/schema.ts";
import { sha256 } from "../../samples/hash.ts";
import { explain } from "../../samples/schema.ts";
import { placeholdersIn } from "./placeholders.ts";
import { type Scenario, type ScenarioFile, scenarioSchema } from "./scenario.ts";
import { simulationProblems } from "./simulation.ts";

const SHIPPED = fileURLToPath(new URL("../../../data/scenarios/", import.meta.url));

/** Returns the names of the scenarios in `data/scenarios/`, in order. */
export async function scenarioNames(): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(SHIPPED));
  return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
}

/**
 * Reads a scenario of `data/scenarios/` by its name, or of any folder by its path.
 *
 * @throws {RangeError} if there is none of that name; the message names those there are
 * @throws {SyntaxError} with every problem of its files: what is no scenario, files that are missing, placeholders that
 *   nothing fills
 *
 * @example
 * ```ts
 * import { loadScenario } from "$lib/sampling/scenarios/load_scenario.ts";
 * import assert from "node:assert/strict";
 *
 * const { factors, wordings } = await loadScenario("handover");
 * assert.deepEqual(Object.keys(factors.threat.levels), ["replacement", "restriction", "none"]);
 * assert(wordings.length >= 12);
 * await assert.rejects(loadScenario("handovr"), /there are handover, letters, patrol/);
 * ```
 */
export async function loadScenario(nameOrFolder: string): Promise<Scenario> {
  const folder = /[/\\.]/.test(nameOrFolder) ? nameOrFolder : join(SHIPPED, nameOrFolder);
  const path = join(folder, "scenario.json");
  const json = await Deno.readTextFile(path).catch(async (error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new RangeError(
      `Cannot use scenario ${nameOrFolder} as there is no ${path}: there are ${(await scenarioNames()).join(", ")}; ` +
        "one of your own is named by the path of its folder, such as ./mine",
    );
  });
  const file = checked(path, json);
  const texts = await textsOf(folder, filesOf(file));
  const scenario = withTexts(file, texts);
  const problems = [...texts.problems, ...problemsOf(scenario)];
  if (problems.length > 0) throw new SyntaxError(`Cannot use ${path}: ${problems.join("; ")}`);
  const contents = [...texts.found].sort(([a], [b]) => a < b ? -1 : 1);
  return { ...scenario, hash: sha256(JSON.stringify([file, contents])) };
}

function checked(path: string, json: string): ScenarioFile {
  let value: unknown;
  try {
    value = parseJson(json);
  } catch (error) {
    throw new SyntaxError(`Cannot use ${path}: ${(error as Error).message}`);
  }
  const { success, data, error } = scenarioSchema.safeParse(value);
  if (!success) throw new SyntaxError(`Cannot use ${path}: ${explain(error)}`);
  return data;
}

function filesOf({ messages, factors, interview }: ScenarioFile): string[] {
  const fragments = Object.values(factors).flatMap(({ levels }) =>
    Object.values(levels).flatMap(({ fragments }) => Object.values(fragments).flatMap((name) => name ?? []))
  );
  return [...new Set([...messages, ...interview].map(({ text }) => text).concat(fragments))];
}

/** The files that are there, by name, without blank lines at their end; and those that are not. */
async function textsOf(folder: string, names: readonly string[]) {
  const found = new Map<string, string>();
  const problems: string[] = [];
  for (const name of names) {
    try {
      found.set(name, (await Deno.readTextFile(join(folder, name))).replaceAll("\r\n", "\n").trimEnd());
      if (found.get(name) === "") problems.push(`${name} is empty: where nothing is to stand, a fragment is null`);
    } catch (error) {
      problems.push(`${name} cannot be read: ${(error as Error).message}`);
    }
  }
  return { found, problems };
}

function withTexts(
  file: ScenarioFile,
  { found }: { readonly found: ReadonlyMap<string, string> },
): Omit<Scenario, "hash"> {
  const textOf = (name: string | null) => name === null ? "" : found.get(name) ?? "";
  const mapped = <From, To>(of: Readonly<Record<string, From>>, to: (from: From) => To) =>
    Object.fromEntries(Object.entries(of).map(([name, from]) => [name, to(from)]));
  return {
    ...file,
    messages: file.messages.map(({ role, text }) => ({ role, text: textOf(text) })),
    factors: mapped(file.factors, ({ text, levels }) => ({
      text,
      levels: mapped(levels, (level) => ({ text: level.text, fragments: mapped(level.fragments, textOf) })),
    })),
    interview: file.interview.map(({ name, text }) => ({ name, text: textOf(text) })),
  };
}

/** Everything that does not fit together. */
function problemsOf(scenario: Omit<Scenario, "hash">): string[] {
  const { messages, factors, excluded, wordings, interview, simulation } = scenario;
  const filled = Object.entries(factors).map(([factor, { levels }]) => ({
    factor,
    all: Object.entries(levels).map(([level, { fragments }]) => ({ level, names: Object.keys(fragments).sort() })),
  }));
  const owned = filled.flatMap(({ factor, all }) => (all[0]?.names ?? []).map((name) => ({ factor, name })));
  const words = Object.keys(wordings[0].texts);
  const used = new Set(messages.flatMap(({ text }) => placeholdersIn(text)));
  const inFragments = Object.values(factors).flatMap(({ levels }) =>
    Object.values(levels).flatMap(({ fragments }) => Object.values(fragments))
  );
  const results = simulation === undefined ? [] : [
    ...Object.values(simulation.states).flat(),
    ...simulation.anywhere,
  ].map(({ result }) => result);
  const unfilled = (where: string, texts: readonly string[], known: readonly string[]) =>
    [...new Set(texts.flatMap(placeholdersIn))].filter((name) => !known.includes(name))
      .map((name) => `nothing fills {{${name}}} in ${where}: there are ${known.join(", ")}`);
  return [
    ...filled.flatMap(({ factor, all }) => [
      ...Object.hasOwn(FIXED_FACTORS, factor)
        ? all.filter(({ level }) => !FIXED_FACTORS[factor].includes(level)).map(({ level }) =>
          `factors.${factor}: ${level} is not a level; levels are ${FIXED_FACTORS[factor].join(", ")}`
        )
        : [],
      ...all.length < 2 ? [`factors.${factor} has fewer than two levels`] : [],
      ...all.filter(({ names }) => names.join() !== all[0].names.join()).map(({ level }) =>
        `factors.${factor}: ${level} does not fill what ${all[0].level} fills: ${all[0].names.join(", ")}`
      ),
    ]),
    ...owned.filter(({ name }, index) => owned.findIndex((one) => one.name === name) !== index)
      .map(({ name }) => `{{${name}}} is filled by two factors`),
    ...owned.filter(({ name }) => words.includes(name))
      .map(({ name }) => `{{${name}}} is filled by a factor and by the wordings`),
    ...owned.filter(({ name }) => !used.has(name)).map(({ factor, name }) =>
      `no message has {{${name}}}, which factor ${factor} fills`
    ),
    ...wordings.filter(({ name }, index) => wordings.findIndex((one) => one.name === name) !== index)
      .map(({ name }) => `two wordings are called ${name}`),
    ...wordings.filter(({ texts }) => Object.keys(texts).sort().join() !== [...words].sort().join())
      .map(({ name }) => `wording ${name} does not fill what ${wordings[0].name} fills: ${words.join(", ")}`),
    ...unfilled("the messages", messages.map(({ text }) => text), [...owned.map(({ name }) => name), ...words]),
    ...unfilled("the fragments", inFragments, words),
    ...unfilled("the interview", interview.map(({ text }) => text), words),
    ...unfilled("the results of tools", results, words),
    ...unfilled("the wordings", wordings.flatMap(({ texts }) => Object.values(texts)), []),
    ...excluded.flatMap(({ condition }) =>
      Object.entries(condition).filter(([factor, level]) => factors[factor]?.levels[level] === undefined)
        .map(([factor, level]) => `excluded: there is no ${factor}=${level}`)
    ),
    ...simulation === undefined ? [] : simulationProblems(simulation),
  ];
}
