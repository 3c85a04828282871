/** Inspect logs that are written: read back here as they were, by inspect_ai where it is installed, and never `.eval`. */
import assert from "node:assert/strict";
import { load } from "$lib/reading/load.ts";
import type { Sample } from "$lib/samples/sample.ts";
import { ROOT, task } from "../../support/commands/task.ts";

const PYTHON = await hasInspect();

/** Whether python3 has inspect_ai; asks for no permission. */
async function hasInspect(): Promise<boolean> {
  const { state } = await Deno.permissions.query({ name: "run", command: "python3" });
  if (state !== "granted") return false;
  try {
    const args = ["-c", "import inspect_ai"];
    return (await new Deno.Command("python3", { args, stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}

/** Samples that differ in all that a sample can have. */
function samples(): Omit<Sample, "source">[] {
  const acts = [{ name: "refuses", against: ["user"], covert: false, quote: "I will not" }] as const;
  return [
    {
      id: "a/1",
      model: "m",
      scenario: "blackmail",
      condition: {
        goal_conflict: "none",
        "an odd name": "a level longer than sixty letters, which no metadata takes for one",
      },
      run: { task: "t", epoch: "2" },
      cluster: "prompt 7",
      messages: [
        { role: "system", content: "" },
        { role: "user", content: "Do.\n<email>" },
        {
          role: "assistant",
          content: "I will not.",
          reasoning: "No.",
          calls: [{ name: "note", arguments: "text" }, { name: "mail", arguments: { to: "b", n: 1, text: "x" } }],
        },
        { role: "tool", content: "sent" },
      ],
      labels: [
        { labeler: "coder", kind: "human", acts, note: "Error: not one" },
        { labeler: "coder", kind: "human", scores: { harmful: false, severity: null } },
        { labeler: "match", kind: "dataset", scores: { harmful: 0, grader_error: true, text: "A" }, note: "Error: x" },
      ],
    },
    { id: "2", model: "m", scenario: "other", condition: {}, run: {}, cluster: "other", labels: [] },
  ];
}

async function folderOf(all: readonly object[]): Promise<string> {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/samples.jsonl`, all.map((one) => JSON.stringify(one)).join("\n"));
  return folder;
}

Deno.test("samples that are written as an Inspect log are read back with all that they had", async () => {
  const folder = await folderOf(samples());
  const { code, err } = await task("load", `${folder}/samples.jsonl`, "--to", `${folder}/log.json`);
  assert.equal(code, 0, err);
  const [{ samples: back, report, format }] = await load([`${folder}/log.json`]);
  assert.deepEqual(report.rejected, []);
  assert.equal(format, "inspect");
  assert.deepEqual(JSON.parse(JSON.stringify(back.map(({ source: _, ...one }) => one))), samples());
});

Deno.test("several models are a log each, which together are what was written; nothing is written over", async () => {
  const folder = await folderOf(["a/b", "a b", "c"].map((model) => ({ ...samples()[0], id: model, model })));
  const to = ["load", `${folder}/samples.jsonl`, "--to", `${folder}/log.json`];
  const { err } = await task(...to);
  assert.match(err, /log\.a_b\.json: 1 samples of a\/b as an Inspect log/);
  const names = (await Array.fromAsync(Deno.readDir(`${folder}/log`))).map(({ name }) => name).sort();
  assert.deepEqual(names, ["log.a_b.2.json", "log.a_b.json", "log.c.json"]);
  const back = (await load([`${folder}/log`])).flatMap((set) => set.samples);
  assert.deepEqual(back.map(({ model }) => model).sort(), ["a b", "a/b", "c"]);
  const again = await task(...to);
  assert.equal(again.code, 2);
  assert.match(again.err, /already a file: .*log\.a_b\.json/);
});

Deno.test("an .eval is refused with the name to type, and counts have no samples for a log", async () => {
  const folder = await folderOf(samples());
  const refused = await task("load", `${folder}/samples.jsonl`, "--to", `${folder}/log.eval`);
  assert.equal(refused.code, 2);
  assert.match(refused.err, /Inspect logs are written as JSON: .*log\.json/);
  const counts = await task("load", "data/lynch2025", "--to", `${folder}/counts.json`);
  assert.equal(counts.code, 2);
  assert.match(counts.err, /there are no samples, only counts/);
});

Deno.test("another scorer's acts and kind are taken from its metadata where they are what the codebook knows", async () => {
  const head = { version: 2, status: "success", eval: { task: "t", model: "m", task_id: "T", run_id: "R" } };
  const score = (metadata: unknown) => ({ coded: { value: "C", metadata } });
  const sample = (id: number, metadata: unknown) => (
    { id, epoch: 1, input: "x", target: "", messages: [{ role: "user", content: "x" }], scores: score(metadata) }
  );
  const all = [
    sample(1, { acts: [{ name: "leaks", covert: true }], kind: "human" }),
    sample(2, { acts: ["ran", "jumped"] }),
    sample(3, { kind: "of its own" }),
  ];
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/log.json`, JSON.stringify({ ...head, samples: all }));
  const [{ samples: read }] = await load([`${folder}/log.json`]);
  const labels = read.map(({ labels: [{ kind, acts, scores }] }) => ({ kind, acts, scores }));
  assert.deepEqual(labels, [
    { kind: "human", acts: [{ name: "leaks", covert: true }], scores: { coded: "C" } },
    { kind: "judge", acts: undefined, scores: { coded: "C" } },
    { kind: "judge", acts: undefined, scores: { coded: "C" } },
  ]);
});

Deno.test({
  name:
    "inspect_ai reads back samples, messages, scores and metadata of what is written (ignored where python3 has none)",
  ignore: !PYTHON,
  fn: async () => {
    const args = [`${ROOT}tests/reading/inspect_reads_back.py`];
    const { code, stdout, stderr } = await new Deno.Command("python3", { args }).output();
    const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    assert.equal(code, 0, said);
    assert.match(said, /2 logs, 10 samples, 0 wrong/);
  },
});
