/** What the values of a score say: yes, no, something else, or nothing; the same on every road to a count. */
import assert from "node:assert/strict";
import { countSamples } from "$lib/rates/counting/count_samples.ts";
import { writeParquet } from "$lib/reading/parquet/write.ts";
import { scan } from "$lib/reading/scan.ts";
import { yesOrNo } from "$lib/samples/yes_no.ts";
import { REALDATA, realTest } from "../support/realdata.ts";
import { folderOf } from "../support/temp_folder.ts";

const VALUES = [
  "Yes",
  "NO",
  " true ",
  "false",
  "PASS",
  "fail",
  "correct",
  "Incorrect",
  "C",
  "I",
  "P",
  "N",
  "1",
  "0",
  1,
  0,
];
const fileOf = async (values: readonly unknown[]) => {
  const lines = values.map((grade, i) =>
    JSON.stringify({
      id: String(i),
      model: "m",
      scenario: "s",
      condition: {},
      labels: [{ labeler: "x", kind: "judge", scores: { grade } }],
    })
  );
  return `${await folderOf({ "a.jsonl": lines.join("\n") })}/a.jsonl`;
};

Deno.test("the usual words are yes and no in any case, Inspect's letters as capitals only", () => {
  assert.deepEqual(VALUES.map(yesOrNo), VALUES.map((_, i) => i < 8 ? i % 2 === 0 : i === 8 || i > 11 && i % 2 === 0));
  assert.deepEqual(["maybe", "c", "i", "p", "2", "", 2, null, "A"].map(yesOrNo), Array(9).fill(undefined));
});

Deno.test("words, --counts, numbers and empty texts are counted alike from JSONL and from Parquet, and load agrees", async () => {
  const file = await fileOf([...VALUES, "maybe", "", null]);
  const parquet = file.replace(".jsonl", ".parquet");
  await writeParquet(parquet, (visitor) => scan([file], visitor));
  for (const path of [file, parquet]) {
    const { counts: [row], problems, datasets: [{ labels }] } = await countSamples([path], [], [{ label: "grade" }]);
    assert.deepEqual([row.count, row.scored, row.missing], [7, 16, 3], path);
    assert.equal(problems.length, 1);
    assert.deepEqual(labels.grade, { scored: 16, missing: 2, other: { samples: 1, values: ["maybe"] } }, path);
    const { counts: [named], problems: none } = await countSamples([path], [], [{
      label: "grade",
      counts: ["i", "P"],
    }]);
    assert.deepEqual([named.count, named.scored, named.missing, none.length], [2, 17, 2, 0], path);
  }
});

Deno.test("numbers where yes or no is asked for are shown, not counted as 0 %", async () => {
  const file = await fileOf([3, 8, 1]);
  const parquet = file.replace(".jsonl", ".parquet");
  await writeParquet(parquet, (visitor) => scan([file], visitor));
  for (const path of [file, parquet]) {
    const { numbers, datasets: [{ labels }] } = await countSamples([path], [], [{ label: "grade" }]);
    assert.deepEqual([...numbers].sort(), [3, 8], path);
    assert.deepEqual(labels.grade.numbers, [1, 8], path);
  }
});

realTest("logs of others that say C and I, or Yes and No, and a grader that found no grade in 5 of 88", async () => {
  const rate = async (path: string, label: string) => {
    const { counts: [row] } = await countSamples([`${REALDATA}/${path}`], [], [{ label }]);
    return [row.count, row.scored, row.missing];
  };
  assert.deepEqual(await rate("TransluceAI__docent/docent/docent/samples/log.eval", "includes"), [9, 15, 0]);
  assert.deepEqual(await rate("dweprinz__agentharm-repro/logs", "model_graded_qa"), [48, 83, 5]);
});
