/** Where real data lie, for tests that use them; absent on most machines. */
import { fileURLToPath } from "node:url";

export const REALDATA = fileURLToPath(new URL("../../../shared/realdata", import.meta.url));

const there = (() => {
  try {
    return Deno.statSync(REALDATA).isDirectory;
  } catch {
    return false;
  }
})();

/** A test on real data: skipped, and said so by its name in the list of ignored tests, where the folder is absent. */
export function realTest(name: string, run: () => Promise<void>): void {
  Deno.test({ name: `real data: ${name}`, ignore: !there, fn: run });
}
