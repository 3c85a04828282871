/** `deno task label --labeler judge`, as its user calls it. */
import assert from "node:assert/strict";
import { readLabelFile } from "$lib/labelers/label_file.ts";
import type { Fault } from "../support/fault_replies.ts";
import { TEST_KEY } from "../support/fault_server.ts";
import { samplesOf } from "../support/judge_setting.ts";
import { endOf, folderWith, runTask, startLabel } from "../support/label_command.ts";
import { withServer } from "../support/with_server.ts";

const JUDGE = ["samples.jsonl", "--labeler", "judge", "--model", "judge-1"];

Deno.test("label writes a line for each sample, says what is missing, and goes on where it stopped", async () => {
  const faults: Fault[] = ["refusal", "one bad quote"];
  await withServer({ fault: ({ asked }) => asked === 0 ? faults.pop() ?? "none" : "none" }, async (server) => {
    const folder = await folderWith(samplesOf(6));
    const first = await runTask(folder, server.url, [...JUDGE, "--limit", "4"]);
    assert.equal(first.code, 1, first.err);
    assert.deepEqual(first.out.trim().split("\n").slice(0, 3), [
      "labelled: 3 of 4",
      "missing: judge refused: 1",
      "void acts, their quote not said by the model: 1, in 1 labels",
    ]);
    const prices = ["--price-in", "1", "--price-out", "10", "--max-cost", "5", "--concurrency", "2"];
    const second = await runTask(folder, server.url, [...JUDGE, ...prices]);
    assert.equal(second.code, 1, second.err);
    assert.match(second.out, /^labelled: 5 of 6, 4 of the answers by earlier runs\n/);
    assert.match(second.out, /\ncost of this run: 0\.0040 USD by the replies; limit 5\n/);
    assert.equal(server.calls.length, 6);
    assert.equal(readLabelFile(`${folder}/labels.jsonl`).length, 6);
    const other = await runTask(folder, server.url, [...JUDGE, "--parameters", '{"temperature":0}']);
    assert.deepEqual([other.code, server.calls.length], [2, 6]);
    assert.match(other.err, /other parameters: name another --out/);
  });
});

Deno.test("label warns where another model than the one asked for answered, and names the version where it is the same", async () => {
  const faults: Fault[] = ["other model", "other model", "dated model"];
  await withServer({ fault: () => faults.pop() ?? "none" }, async (server) => {
    const { code, out } = await runTask(await folderWith(samplesOf(5)), server.url, JUDGE);
    assert.equal(code, 0);
    assert.match(out, /^answered by judge-1-2026-01-31: 1$/m);
    assert.match(out, /^warning: another model than judge-1 answered: cheaper-model: 2$/m);
  });
});

Deno.test("label by rules adds nothing when it is run again, and finds its labels beside those of a judge", async () => {
  await withServer({}, async (server) => {
    const folder = await folderWith(samplesOf(3));
    for (let run = 0; run < 2; run++) {
      for (const args of [["samples.jsonl", "--labeler", "rules"], JUDGE]) {
        const { code, err } = await runTask(folder, server.url, args);
        assert.equal(code, 0, err);
      }
    }
    assert.equal(readLabelFile(`${folder}/labels.jsonl`).length, 6);
  });
});

Deno.test("a broken line is named with the way to set it aside, and what it said is then asked again", async () => {
  await withServer({}, async (server) => {
    const folder = await folderWith(samplesOf(3));
    await runTask(folder, server.url, JUDGE);
    const file = `${folder}/labels.jsonl`;
    const rows = (await Deno.readTextFile(file)).split("\n");
    await Deno.writeTextFile(file, [rows[0], rows[1].slice(0, 50), rows[2], ""].join("\n"));
    const refused = await runTask(folder, server.url, JUDGE);
    assert.deepEqual([refused.code, refused.out, server.calls.length], [1, "", 3]);
    assert.match(
      refused.err,
      /line 2 is no label: .*; deno task label --repair --out labels\.jsonl sets such lines aside/,
    );
    const repaired = await runTask(folder, server.url, ["--repair", "--out", "labels.jsonl"]);
    assert.deepEqual([repaired.code, repaired.out], [0, ""]);
    assert.equal(repaired.err, "set aside in labels.jsonl.broken: line 2 of labels.jsonl\n");
    const again = await runTask(folder, server.url, [...JUDGE, "--repair"]);
    assert.equal(again.code, 0, again.err);
    assert.match(again.err, /^note: labels\.jsonl has no broken line\n/);
    assert.deepEqual([readLabelFile(file).length, server.calls.length], [3, 4]);
    const none = await runTask(folder, server.url, ["--repair", "--out", "none.jsonl"]);
    assert.equal(none.code, 2);
    assert.match(none.err, /^Cannot repair as there is no such file: none\.jsonl\n/);
  });
});

Deno.test("label works in batches", async () => {
  await withServer({ batch: { looks: 0 } }, async (server) => {
    const folder = await folderWith(samplesOf(3));
    const { code, out, err } = await runTask(folder, server.url, [...JUDGE, "--batch"]);
    assert.equal(code, 0, err);
    assert.match(out, /^labelled: 3 of 3\n/);
    assert.equal(server.calls.length, 0);
  });
});

for (
  const [args, message] of [
    [["samples.jsonl"], /--labeler must be judge, rules or human/],
    [["samples.jsonl", "--labeler", "judge"], /--model is missing/],
    [[...JUDGE, "--max-cost", "1"], /Cannot hold --max-cost without prices/],
    [[...JUDGE, "--price-in", "1"], /give both --price-in and --price-out/],
    [[...JUDGE, "--concurrency", "0"], /--concurrency as it must be a whole number >= 1/],
    [[...JUDGE, "--parameters", "[]"], /--parameters as it must be a JSON object/],
    [[...JUDGE, "--parameters", '{"n":2}'], /may not set n/],
    [["none.jsonl", ...JUDGE.slice(1)], /no such path: none.jsonl/],
    [[...JUDGE, "--what"], /Cannot use --what as there is no such option/],
  ] as const
) {
  Deno.test(`label refuses wrong use: ${args.slice(1).join(" ") || "no labeler"}`, async () => {
    const { code, out, err } = await runTask(await folderWith(samplesOf(1)), "http://127.0.0.1:9/v1", args);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, message);
  });
}

Deno.test("label says that there is no key, and no file is made", async () => {
  const folder = await folderWith(samplesOf(1));
  const { code, err } = await runTask(folder, "http://127.0.0.1:9/v1", JUDGE, "");
  assert.equal(code, 2);
  assert.match(err, /^Cannot label as OPENAI_API_KEY is not set\n/);
  assert.deepEqual((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name), ["samples.jsonl"]);
});

Deno.test("the key is in no file, output or error, also where the server sends it back", async () => {
  const faults: Fault[] = ["401", "echo", "500", "none"];
  for (const fault of faults) {
    await withServer({ fault: ({ asked }) => asked < 2 || fault === "401" ? fault : "none" }, async (server) => {
      const folder = await folderWith(samplesOf(2));
      const { out, err } = await runTask(folder, server.url, JUDGE);
      const files = await Promise.all(
        (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => Deno.readTextFile(`${folder}/${name}`)),
      );
      assert(server.calls.length > 0, "nothing was asked");
      for (const text of [out, err, ...files]) assert(!text.includes(TEST_KEY), `the key leaks by ${fault}:\n${text}`);
      if (fault === "401") assert.match(err, /Incorrect API key provided: \[key\]/);
      if (fault === "echo") assert.match(files.join(), /your key is \[key\]/);
    });
  }
});

Deno.test("two processes on one file refuse each other, and Ctrl-C ends with 130, keeps what was answered and unlocks", async () => {
  await withServer({ latency: 300 }, async (server) => {
    const folder = await folderWith(samplesOf(100));
    const first = await startLabel(folder, server.url, [...JUDGE, "--concurrency", "3"]);
    while (server.calls.length < 7) await new Promise((resolve) => setTimeout(resolve, 10));
    const second = await endOf(await startLabel(folder, server.url, [...JUDGE, "--model", "second"]));
    assert.equal(second.code, 1);
    assert.match(second.err, /^Cannot label into labels.jsonl as another process has it open/);
    assert(server.calls.every(({ request }) => request.model !== "second"), "it asked without the file");
    first.kill("SIGINT");
    const asked = server.calls.length;
    const { code, out, err } = await endOf(first);
    assert.equal(code, 130, err);
    assert(server.calls.length <= asked + 3, "asked on after Ctrl-C");
    const lines = readLabelFile(`${folder}/labels.jsonl`);
    assert.equal(lines.length, server.calls.length); // what was under way was waited for
    assert.match(out, new RegExp(`^labelled: ${lines.length} of 100\\nnot asked to the end: ${100 - lines.length}\\n`));
    const third = await endOf(await startLabel(folder, server.url, [...JUDGE, "--limit", String(lines.length)]));
    assert.equal(third.code, 0, third.err);
    assert.equal(server.calls.length, lines.length);
  });
});
