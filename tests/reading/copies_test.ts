/** One sample, one count: whatever the paths, copies, formats and orders that a data set comes in. */
import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { rates } from "$lib/rates/counting/rates.ts";
import { countSamples } from "$lib/rates/counting/count_samples.ts";
import { load } from "$lib/reading/load.ts";
import { readSamples } from "$lib/reading/read_samples.ts";
import { writeParquet } from "$lib/reading/parquet/write.ts";
import { scan } from "$lib/reading/scan.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { folderOf } from "../support/temp_folder.ts";

const labels = (harmful: unknown) => [{ labeler: "x", kind: "judge", scores: { harmful } }];
const line = (id: string, harmful: unknown, more = {}) =>
  JSON.stringify({ id, model: "m", scenario: "s", condition: { threat: "none" }, labels: labels(harmful), ...more });
const counted = async (...paths: string[]) => {
  const { counts: [row], datasets } = await countSamples(paths, [], [{ label: "harmful" }]);
  const duplicates = datasets.reduce((sum, { report }) => sum + report.duplicated.length, 0);
  return [row.count, row.scored, row.missing, duplicates];
};

Deno.test("the same file given twice, by itself or as a copy, counts once, and the copies are named", async () => {
  const text = [line("1", true), line("2", false)].join("\n");
  const folder = await folderOf({ "a.jsonl": text, "copy/b.jsonl": text });
  const [a, b] = [join(folder, "a.jsonl"), join(folder, "copy/b.jsonl")];
  assert.deepEqual(await counted(a, a), [1, 2, 0, 1]); // the file is named, its samples are not read again
  assert.deepEqual(await counted(a, b), [1, 2, 0, 2]);
  assert.deepEqual(await counted(folder), [1, 2, 0, 2]);
  const [{ report }] = (await load([a, b])).slice(1);
  assert.equal(report.duplicated[0].reason, `1 was already seen in ${a}`);
});

Deno.test("ids that two unrelated files have in common are two samples, in a folder as in a list", async () => {
  const folder = await folderOf({
    "a.jsonl": line("1", true),
    "b.jsonl": line("1", false, { model: "other" }),
    "c.jsonl": line("1", false, { messages: [{ role: "user", content: "another question" }] }),
  });
  const files = ["a", "b", "c"].map((name) => join(folder, `${name}.jsonl`));
  assert.deepEqual(await counted(folder), [1, 3, 0, 0]);
  assert.deepEqual(await counted(...files), [1, 3, 0, 0]);
});

Deno.test("within one file an id stands once, whatever else differs", async () => {
  const folder = await folderOf({
    "a.jsonl": [line("1", true), line("1", false, { model: "n" })].join("\n"),
    "b.jsonl": line("9", true),
  });
  assert.deepEqual(await counted(folder), [2, 2, 0, 1]);
});

Deno.test("a run that nobody judged is missing beside one that was, in a folder as in a list", async () => {
  const unjudged = JSON.stringify({ id: "3", model: "m", scenario: "s", condition: {}, labels: [] });
  const folder = await folderOf({ "a.jsonl": line("1", true), "b.jsonl": unjudged });
  assert.deepEqual(await counted(folder), [1, 1, 1, 0]);
  assert.deepEqual(await counted(join(folder, "a.jsonl"), join(folder, "b.jsonl")), [1, 1, 1, 0]);
  assert.deepEqual(await counted(join(folder, "b.jsonl"), join(folder, "a.jsonl")), [1, 1, 1, 0]);
});

Deno.test("two identical Parquet files count once, also beside the file that they were made from", async () => {
  const folder = await folderOf({ "a.jsonl": [line("1", true), line("2", null)].join("\n") });
  const [from, one, two] = ["a.jsonl", "one.parquet", "two.parquet"].map((name) => join(folder, name));
  await writeParquet(one, (visitor) => scan([from], visitor));
  await Deno.copyFile(one, two);
  for (const paths of [[one, two], [two, one, from], [from, two], [folder]]) {
    assert.deepEqual((await counted(...paths)).slice(0, 3), [1, 1, 1], paths.join());
  }
});

/** Ways in which a part of a data set is written, by the ending of its name. */
const WRITTEN: Readonly<Record<string, (lines: readonly string[]) => string | Uint8Array>> = {
  "jsonl": (lines) => lines.join("\n"),
  "jsonl.gz": (lines) => gzipSync(lines.join("\n")),
  "jsonl.zst": (lines) => zstdCompressSync(lines.join("\n")),
  "json": (lines) => `[${lines.join(",\n")}]`,
};

Deno.test("random splits, copies, formats, folders and orders of one data set give the same rates, and every copy is named", async () => {
  const random = createRandom(20261125);
  const lines = Array.from({ length: 60 }, (_, i) =>
    line(`s${i}`, [true, false, null][i % 3], {
      model: `m${i % 2}`,
      condition: { threat: i % 5 < 2 ? "none" : "replacement" },
      cluster: `prompt ${i % 12}`,
      messages: [{ role: "assistant", content: `answer ${i * 7919}` }],
    }));
  const rowsOf = async (paths: readonly string[]) => {
    const { counts, datasets } = await countSamples(paths, ["model", "threat"], [{ label: "harmful" }]);
    const rows = rates(counts).map((rate) => JSON.stringify(rate)).sort();
    return { rows, named: datasets.reduce((sum, { report }) => sum + report.duplicated.length, 0) };
  };
  const whole = await folderOf({ "whole.jsonl": lines.join("\n") });
  const { rows: expected } = await rowsOf([whole]);
  assert.equal(expected.length, 4);
  for (let round = 0; round < 8; round++) {
    const folder = await Deno.makeTempDir();
    const parts = 1 + random.below(4);
    const files: string[] = [];
    let given = 0;
    for (let part = 0; part < parts; part++) {
      const own = lines.filter((_, i) => i % parts === part || random.uniform() < 0.2); // some stand in several parts
      own.sort(() => random.uniform() - 0.5);
      const place = join(folder, random.below(2) === 0 ? "" : `sub${part}`);
      await Deno.mkdir(place, { recursive: true });
      const endings = Object.keys(WRITTEN).filter(() => random.uniform() < 0.4);
      if (endings.length === 0) endings.push(["jsonl", "json"][random.below(2)]);
      for (const ending of endings) {
        const file = join(place, `part${part}.${ending}`);
        const content = WRITTEN[ending](own);
        await Deno.writeFile(file, typeof content === "string" ? new TextEncoder().encode(content) : content);
        files.push(file);
      }
      if (random.below(2) === 0) { // and as Parquet, in place of the last of them or beside it
        const parquet = join(place, `part${part}.parquet`);
        await writeParquet(parquet, (visitor) => scan([files.at(-1)!], visitor));
        if (random.below(2) === 0) await Deno.remove(files.pop()!);
        files.push(parquet);
      }
      given += own.length * files.filter((file) => basename(file).startsWith(`part${part}.`)).length;
    }
    files.sort(() => random.uniform() - 0.5);
    for (const paths of [files, [...files].reverse(), [folder], [folder, ...files]]) {
      const { rows, named } = await rowsOf(paths);
      assert.deepEqual(rows, expected, `round ${round}: ${paths.join(" ")}`);
      // A file that is given by its folder and by its name is one copy.
      const copies = given - lines.length + (paths.length > files.length ? files.length : 0);
      assert.equal(named, copies, `round ${round}: ${paths.join(" ")}`);
    }
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a copy that was judged otherwise is named as such, in either order", async () => {
  const folder = await folderOf({ "a.jsonl": line("1", true), "b.jsonl": line("1", false) });
  const files = ["a", "b"].map((name) => join(folder, `${name}.jsonl`));
  for (const paths of [files, [...files].reverse()]) {
    const [, { report }] = await load(paths);
    assert.deepEqual([report.samples, report.duplicated.length], [0, 1]);
    assert.match(report.duplicated[0].reason, /already seen in .* with other acts or scores/);
  }
});

Deno.test("samples that are streamed are those that are loaded: copies once and named, unrelated files apart", async () => {
  const folder = await folderOf({
    "a.jsonl": [line("1", true), line("2", false)].join("\n"),
    "copy.jsonl": line("2", false),
    "other.jsonl": line("1", false, { model: "other" }),
  });
  const told: string[] = [];
  const streamed = await Array.fromAsync(readSamples(folder, { onProblem: ({ reason }) => told.push(reason) }));
  const [{ samples }] = await load([folder]);
  assert.deepEqual(streamed.map(({ id, model }) => [id, model]), samples.map(({ id, model }) => [id, model]));
  assert.deepEqual([streamed.length, told], [3, ["2 was already seen"]]);
});
