/** A folder of Parquet parts is counted as its files are, without making samples, and gives what JSONL gives. */
import assert from "node:assert/strict";
import { loadPolicy } from "$lib/policies/load_policy.ts";
import { parquetFiles } from "$lib/rates/counting/count_parquet.ts";
import { countSamples } from "$lib/rates/counting/count_samples.ts";
import type { Question } from "$lib/rates/counting/verdicts.ts";
import { writeParquet } from "$lib/reading/parquet/write.ts";
import { scan } from "$lib/reading/scan.ts";
import { folderOf } from "../support/temp_folder.ts";

const policy = await loadPolicy("obey_or_refuse");
const QUESTIONS: readonly Question[] = [
  { outcome: "subvert", policy },
  { outcome: "refuse", policy },
  { label: "harmful" },
  { label: "severity", atLeast: 3 },
];

/** A sample with acts, scores, missing ones and a prompt that others have too. */
function line(index: number): string {
  const scores = { harmful: index % 7 === 0 ? null : index % 3 === 0, severity: index % 10 };
  return JSON.stringify({
    id: `s${index}`,
    model: `m${index % 3}`,
    scenario: "blackmail",
    condition: { goal_conflict: index % 2 ? "conflict" : "none" },
    cluster: `p${index % 40}`,
    labels: index % 11 === 0 ? [] : [
      { labeler: "j", kind: "judge", acts: [{ name: index % 4 ? "refuses" : "leaks", against: ["owner"] }], scores },
    ],
  });
}

/** Folder of JSONL and folder of Parquet parts with the same samples. */
async function bothWays(lines: readonly (readonly string[])[]): Promise<{ jsonl: string; parts: string }> {
  const files = lines.map((part, index) => [`year=${index}/part-${index}.jsonl`, part.join("\n")]);
  const jsonl = await folderOf(Object.fromEntries(files));
  const parts = await folderOf({
    "_SUCCESS": "",
    ...Object.fromEntries(lines.map((_, i) => [`year=${i}/none.txt`, "x"])),
  });
  for (const index of lines.keys()) {
    const from = `${jsonl}/year=${index}/part-${index}.jsonl`;
    await writeParquet(`${parts}/year=${index}/part-${index}.parquet`, (visitor) => scan([from], visitor));
  }
  return { jsonl, parts };
}

const counted = async (paths: readonly string[]) => {
  const { counts, datasets } = await countSamples(paths, ["model", "goal_conflict"], QUESTIONS);
  const key = ({ outcome, group }: typeof counts[number]) => JSON.stringify([outcome, group]);
  const duplicates = datasets.reduce((sum, { report }) => sum + report.duplicated.length, 0);
  return { counts: [...counts].sort((a, b) => key(a) < key(b) ? -1 : 1), duplicates };
};

Deno.test("a folder of parts gives the counts of its files and of JSONL, by label, outcome and cluster", async () => {
  const all = Array.from({ length: 10_000 }, (_, index) => line(index));
  const { jsonl, parts } = await bothWays([all.slice(0, 4000), all.slice(4000, 4001), all.slice(4001)]);
  const files = [0, 1, 2].map((index) => `${parts}/year=${index}/part-${index}.parquet`);
  assert.deepEqual(await parquetFiles([parts]), files);
  const found = await counted([parts]);
  assert.deepEqual(found, await counted(files));
  assert.deepEqual(found, await counted([jsonl]));
  assert.equal(found.counts.reduce((sum, { scored, missing }) => sum + scored + missing, 0), 4 * 10_000);
});

Deno.test("a sample in two parts of a folder is a duplicate, and counts once", async () => {
  const all = Array.from({ length: 50 }, (_, index) => line(index));
  const { jsonl, parts } = await bothWays([all, all.slice(0, 5)]);
  const found = await counted([parts]);
  assert.equal(found.duplicates, 5);
  assert.deepEqual(found, await counted([jsonl]));
});

Deno.test("a folder with other data beside its parts, or with a card, is read", async () => {
  const { parts } = await bothWays([[line(0)], [line(1)]]);
  await Deno.writeTextFile(`${parts}/more.jsonl`, line(2));
  assert.equal(await parquetFiles([parts]), undefined);
  assert.equal((await counted([parts])).counts.reduce((sum, { scored, missing }) => sum + scored + missing, 0), 4 * 3);
  await Deno.remove(`${parts}/more.jsonl`);
  await Deno.writeTextFile(`${parts}/dataset.json`, "{}");
  assert.equal(await parquetFiles([parts]), undefined);
  assert.equal(await parquetFiles(["-"]), undefined);
});
