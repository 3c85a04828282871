/** A disk that is full: the file keeps whole lines, and when there is room again the run goes on and pays nothing twice. */
import assert from "node:assert/strict";
import { parseLabelLine } from "$lib/labelers/label_line.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { samplesOf } from "../support/judge_setting.ts";
import { endOf, folderWith, startLabel } from "../support/label_command.ts";
import { canRun } from "../support/tools.ts";
import { withServer } from "../support/with_server.ts";

const SAMPLES = 60;

// A limit on what a process may write is set by Python here, for want of one in the shell of every system.
const ignore = !await canRun("python3");

Deno.test("a file that may not grow stays whole, says so, and nothing is lost or paid twice", { ignore }, async () => {
  const random = createRandom(13);
  await withServer({ latency: 10, knowsIdempotency: true }, async (server) => {
    const folder = await folderWith(samplesOf(SAMPLES));
    const file = `${folder}/labels.jsonl`;
    const args = ["samples.jsonl", "--labeler", "judge", "--model", "j", "--concurrency", "8"];
    const rows = async () => (await Deno.readTextFile(file)).split("\n");
    let before: string[] = [];
    let size = 0;
    for (let trial = 0; trial < 6; trial++) {
      size += 3000 + random.below(4000); // the system takes a part of a line up to here, and then no more
      const { code, err } = await endOf(await startLabel(folder, server.url, args, { fileSize: size }));
      assert.equal(code, 1);
      assert.match(err, /^Cannot write to labels\.jsonl, whose lines so far are kept: .*\n$/);
      const now = await rows();
      assert.equal(now.at(-1), "", "the last line is torn");
      now.slice(0, -1).map(parseLabelLine);
      assert(now.length > before.length && before.slice(0, -1).every((row, index) => row === now[index]));
      before = now;
    }
    const { code, out, err } = await endOf(await startLabel(folder, server.url, args));
    assert.equal(code, 0, err);
    assert.match(out, new RegExp(`^labelled: ${SAMPLES} of ${SAMPLES}, `));
    const keys = (await rows()).slice(0, -1).map((row) => parseLabelLine(row).key!);
    assert.equal(new Set(keys).size, SAMPLES);
    assert.equal(keys.length, SAMPLES);
    assert(keys.every((key) => server.paid.get(key) === 1), "a sample was paid twice");
    const [, calls] = out.match(/^calls: (\d+); tokens in: 60000, out: 6000$/m)!; // the server tells which were lost
    assert.equal(Number(calls), server.calls.length);
    console.log(`  6 times full; ${server.calls.length} calls, ${server.paid.size} paid for ${SAMPLES} samples`);
  });
});
