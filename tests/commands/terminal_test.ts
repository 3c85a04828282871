/** What others wrote into their files acts on no terminal that a command prints to. */
import assert from "node:assert/strict";

const ROOT = new URL("../..", import.meta.url);
const EVIL = "gpt\u001b]0;title\u0007\r\u202eevil";

async function run(task: string, args: readonly string[]) {
  const command = new Deno.Command("deno", {
    args: ["task", "--quiet", task, ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  });
  const { stdout, stderr } = await command.output();
  return { out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

Deno.test("escape sequences, carriage returns and marks of direction in names are marked; JSON and CSV keep their value", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/samples.jsonl`;
  const labels = [{ labeler: "x", kind: "rule", scores: { harmful: true } }];
  const sample = { model: EVIL, scenario: "s", condition: { kind: EVIL }, labels };
  const lines = [{ id: "1", ...sample }, { id: "2", ...sample, [EVIL]: 1, labels: "none" }];
  await Deno.writeTextFile(file, lines.map((line) => JSON.stringify(line)).join("\n"));
  const calls: [string, string[]][] = [
    ["load", [file]],
    ["load", ["--json", file]],
    ["rates", [file, "--by", "model,kind", "--label", "harmful"]],
    ["rates", [file, "--by", "model", "--label", "harmful", "--json"]],
    ["rates", [file, "--by", EVIL, "--label", "harmful"]],
    ["contrasts", [file, "--factor", "kind", "--levels", `${EVIL},none`, "--label", "harmful"]],
    ["policies", [EVIL]],
  ];
  for (const [task, args] of calls) {
    const { out, err } = await run(task, args);
    const raw = (out + err).match(/[\p{Cc}\p{Cf}]/gu)?.filter((one) => one !== "\n") ?? [];
    assert.deepEqual(raw, [], `${task} ${args.slice(1).join(" ")}`);
    assert((out + err).includes(args.includes("--json") ? "\\u001b" : "<U+001B>"), `${task}: ${out}${err}`);
  }
  const { out } = await run("rates", [file, "--by", "model", "--label", "harmful", "--json"]);
  assert.equal(JSON.parse(out).rows[0].group.model, EVIL);
  assert((await run("rates", [file, "--by", "model", "--label", "harmful", "--csv"])).out.includes(EVIL));
});
