/** Small inputs with known answers, each met in a public report: the same rates by folder, by file and in any order. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createOpener } from "$lib/reading/bytes/source.ts";
import { suggestFor } from "$lib/reading/suggest.ts";
import { countSamples } from "$lib/rates/counting/count_samples.ts";

const CASES = fileURLToPath(new URL("../fixtures/cases/", import.meta.url));

interface Expected {
  readonly source: string;
  readonly command?: string;
  /** The mapping that is suggested, unedited, beside the file. */
  readonly mapping?: "suggested";
  readonly rates: readonly {
    readonly label: string;
    readonly group?: string;
    readonly count: number;
    readonly scored: number;
    readonly missing: number;
  }[];
}

/** A copy of a folder of one file, with what is suggested for it. */
async function withSuggestion(folder: string): Promise<string> {
  const copy = await Deno.makeTempDir();
  for (const { name } of Deno.readDirSync(folder)) {
    await Deno.copyFile(join(folder, name), join(copy, name));
    const { card } = await suggestFor(join(copy, name), createOpener());
    await Deno.writeTextFile(join(copy, "dataset.json"), JSON.stringify(card));
  }
  return copy;
}

for (const { name } of [...Deno.readDirSync(CASES)].sort((a, b) => a.name < b.name ? -1 : 1)) {
  const expected: Expected = JSON.parse(Deno.readTextFileSync(join(CASES, name, "expected.json")));
  Deno.test(`${name} (${expected.source})`, async () => {
    const input = [...Deno.readDirSync(join(CASES, name))].find((entry) => entry.name.startsWith("in"))!;
    const whole = expected.mapping === "suggested"
      ? await withSuggestion(join(CASES, name, input.name))
      : join(CASES, name, input.name);
    const files = input.isDirectory
      ? [...Deno.readDirSync(whole)].map((entry) => join(whole, entry.name)).filter((file) =>
        !file.endsWith("set.json")
      )
      : [];
    const lists = files.length === 0 ? [] : [files, [...files].reverse(), [...files, ...files], [whole, ...files]];
    for (const paths of [[whole], [whole, whole], ...lists]) {
      const by = /--by ([\w,]+)/.exec(expected.command ?? "")?.[1].split(",") ?? [];
      const grouped = expected.rates.every(({ group }) => group === undefined) ? [] : by;
      for (const { label, group, count, scored, missing } of expected.rates) {
        const { counts } = await countSamples(paths, grouped, [{ label }]);
        const row = counts.find((row) => group === undefined || Object.values(row.group).join(",") === group);
        const found = row && { count: row.count, scored: row.scored, missing: row.missing };
        assert.deepEqual(found, { count, scored, missing }, `${label} ${group ?? ""} of ${paths.length} paths`);
      }
    }
  });
}
