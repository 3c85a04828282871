/**
 * Reads the situations from `data/situations/`.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checked } from "./checked.ts";
import { type Situation, situationsSchema } from "./situation.ts";

const FOLDER = fileURLToPath(new URL("../../data/situations/", import.meta.url));

/**
 * Returns every situation there is, files by name and situations as they stand in them.
 *
 * @throws {SyntaxError} if a file is not JSON or not situations, or if two situations have one name; the message names
 *   the file and each field at fault
 */
export async function loadSituations(): Promise<Situation[]> {
  const names = (await Array.fromAsync(Deno.readDir(FOLDER))).map(({ name }) => name);
  const files = names.filter((name) => name.endsWith(".json")).sort();
  const situations = (await Promise.all(files.map(situationsIn))).flat();
  const twice = situations.find(({ name }, index) => situations.findIndex((other) => other.name === name) !== index);
  if (twice) throw new SyntaxError(`Cannot use data/situations as two situations have one name: ${twice.name}`);
  return situations;
}

async function situationsIn(file: string): Promise<readonly Situation[]> {
  const text = await Deno.readTextFile(join(FOLDER, file));
  return checked(text, situationsSchema, `data/situations/${file}`).situations;
}
