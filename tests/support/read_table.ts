/** Reading small CSV tables in tests. */
import { parse } from "csv-parse/sync";

/** Rows of a CSV; a path is taken from this folder unless it is absolute. */
export function readTable(path: string): Record<string, string>[] {
  return parse(Deno.readTextFileSync(new URL(path, new URL("../", import.meta.url))), { columns: true });
}
