/**
 * Reads the situations from `data/situations/`, and those that stand beside the scenarios in `data/scenarios/`.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checked } from "./checked.ts";
import { type Situation, situationsSchema } from "./situation.ts";

const DATA = fileURLToPath(new URL("../../data/", import.meta.url));
const SCENARIOS = join(DATA, "scenarios");

/** The situations of a scenario: beside its `scenario.json`. */
const BESIDE = "situations.json";

/**
 * Returns every situation there is, files by name and situations as they stand in them.
 *
 * @param folders of scenarios of one's own, with a `situations.json`
 * @throws {SyntaxError} if a file is not JSON or not situations, or if two situations have one name; the message names
 *   the file and each field at fault
 * @throws {Deno.errors.NotFound} if one of `folders` has none
 */
export async function loadSituations(folders: readonly string[] = []): Promise<Situation[]> {
  const names = async (folder: string) => (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  const files = (await names(join(DATA, "situations"))).filter((name) => name.endsWith(".json"));
  const scenarios = (await names(SCENARIOS)).map((name) => join(SCENARIOS, name, BESIDE));
  const paths = [
    ...files.map((name) => join(DATA, "situations", name)),
    ...scenarios,
    ...folders.map((folder) => join(folder, BESIDE)),
  ];
  const situations = (await Promise.all(paths.map(situationsIn))).flat();
  const twice = situations.find(({ name }, index) => situations.findIndex((other) => other.name === name) !== index);
  if (twice) throw new SyntaxError(`Cannot use the situations as two have one name: ${twice.name}`);
  return situations;
}

async function situationsIn(path: string): Promise<readonly Situation[]> {
  return checked(await Deno.readTextFile(path), situationsSchema, path).situations;
}
