/** What looks like data and cannot be read is named, by every command, with the status that says so. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { folderOf } from "../support/temp_folder.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LINES = [["none", true], ["replacement", false]].map(([threat, harmful], i) =>
  JSON.stringify({
    id: String(i),
    model: "m",
    scenario: "s",
    condition: { threat },
    labels: [{ labeler: "x", kind: "judge", scores: { harmful } }],
  })
);
const utf16 = (text: string) => new Uint8Array([0xff, 0xfe, ...[...text].flatMap((one) => [one.charCodeAt(0), 0])]);
const DAMAGED: Readonly<Record<string, string | Uint8Array>> = {
  "empty.parquet": new Uint8Array(),
  "cut.parquet": new Uint8Array(200).fill(7),
  "first_byte_gone.json": '"version": 2, "status": "success", "eval": {"task": "t", "model": "m"}, "samples": []}',
  "zeros.json": new Uint8Array(300),
  "run/rollout.json": '{"rollouts": [',
  "run/judgment.json": utf16('{"judgments": []}'),
  "logs/messages_record.txt": utf16("== Step 1 ==\nrole: user\n"),
  "other.jsonl.bz2": "BZh9",
  "table.tsv": "id\tmodel\n1\tm\n",
  "book.xlsx": "PK",
  "no.eval": "not a zip",
};

for (
  const [name, args] of Object.entries({
    load: [],
    rates: ["--by", "model", "--label", "harmful"],
    contrasts: ["--factor", "threat", "--levels", "none,replacement", "--label", "harmful"],
  })
) {
  Deno.test(`${name} names every damaged file of a folder, counts the rest, and ends with 1`, async () => {
    const folder = await folderOf({
      "good.jsonl": LINES.join("\n"),
      "README.md": "no data",
      "config.json": "{}",
      ...DAMAGED,
    });
    const { code, stdout, stderr } = await new Deno.Command("deno", {
      args: ["task", "--quiet", name, folder, ...args],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
    }).output();
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    const told = out + err;
    for (const file of Object.keys(DAMAGED)) {
      assert(told.includes(`rejected: ${folder}/${file}, `), `${file}:\n${told}`);
    }
    assert(!/rejected: \S*(README\.md|config\.json)/.test(told), told);
    assert.equal(code, 1, told);
    if (name === "rates") assert(out.startsWith("model=m harmful: 1/2"), out);
  });
}
