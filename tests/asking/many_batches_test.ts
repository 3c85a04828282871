/** Batches by the commands, through kills, expired batches and lines that fail: each answer once, each paid once. */
import assert from "node:assert/strict";
import { openSpool } from "$lib/asking/spool.ts";
import { manyBatches } from "./many_batches.ts";

for (const task of ["label", "sample"] as const) {
  Deno.test(`${task} --batch: killed between sending and collecting and in the midst of it, nothing is lost or paid twice`, async () => {
    const { ended, ...found } = await manyBatches(task, 2000);
    assert.equal(ended.code, 0, ended.err);
    const { tasks, killed, batches, uncollected, paid, paidTwice, keys, answered } = found;
    assert(tasks >= 2000 && batches >= 2, JSON.stringify(found));
    assert.deepEqual([killed, uncollected, paidTwice], [3, 0, 0]);
    assert.deepEqual([paid, keys, answered], [tasks, tasks, tasks]);
  });
}

Deno.test("texts of 49 MB are judged in batches where 50 are all that may be held", async () => {
  const { ended, answered } = await manyBatches("label", 700, { length: 70_000, kills: 0, heap: 50 });
  assert.equal(ended.code, 0, ended.err);
  assert.equal(answered, 700);
});

Deno.test("a spool holds what fits and gives the rest back from a file that a kill does not leave behind", async () => {
  const folder = await Deno.makeTempDir();
  const spool = openSpool(`${folder}/texts`, 1000);
  const values = Array.from({ length: 50 }, (_, index) => ({ index, text: "ä".repeat(index) }));
  const again = values.map(spool.keep);
  assert.deepEqual(again.toReversed().map((one) => one()), values.toReversed());
  if (Deno.build.os !== "windows") assert.deepEqual([...Deno.readDirSync(folder)], []);
  assert(again[0]() === values[0] && again[49]() !== values[49]);
  spool.close();
  assert.deepEqual([...Deno.readDirSync(folder)], []);
});
