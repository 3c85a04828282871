/**
 * Hostile inputs that are small and become large: compressed, nested, or naming the same text again and again. Beside each
 * lies a good file, which is read all the same.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { PACKERS, TABLE, TWO } from "./archives.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { fileInput, type HostileInput, line } from "./input.ts";
import { evalParts, headOf, sampleOf, zipOf, type ZipPart } from "../../support/inspect_writer.ts";

/** Files read in pieces, files held as a whole, and archives. */
export function bombInputs(): HostileInput[] {
  return [...streamedBombs(), ...heldBombs(), ...archiveBombs(), paddedRollout()];
}

/** Padding that no compressor takes away keeps a file of many empty events below every limit of size. */
function paddedRollout(): HostileInput {
  const random = createRandom(7);
  const padding = Array.from({ length: 600_000 }, () => random.below(16).toString(16)).join("");
  const head = '{"rollouts":[{"variation_number":1,"repetition_number":1,"transcript":{"metadata":{"target_model":"m"}';
  const events = `{${" ".repeat(15)}}`;
  const text = `${head},"padding":"${padding}","events":[${Array(1_000_000).fill(events).join()}]}}]}`;
  return besideGood("a million padded events", "rollout.json.gz", () => PACKERS.gz(Buffer.from(text)), 2);
}

/** A text, and so many times 64 MiB of another one, as members that compress to next to nothing. */
function packed(ending: keyof typeof PACKERS, first: string, text: string, count: number): Buffer {
  const member = PACKERS[ending](Buffer.from(text.repeat(Math.floor((1 << 26) / text.length))));
  return Buffer.concat([PACKERS[ending](Buffer.from(first)), ...Array<Buffer>(count).fill(member)]);
}

/** The good sample of another file. */
const GOOD = line({ id: "good" });

function besideGood(name: string, file: string, content: () => Uint8Array, samples = 1): HostileInput {
  return {
    name: `${name} (${file})`,
    write: async (folder) => {
      await Deno.writeTextFile(`${folder}/good.jsonl`, `${GOOD}\n`);
      await Deno.writeFile(`${folder}/${file}`, content());
    },
    samples,
  };
}

function streamedBombs(): HostileInput[] {
  const bomb = (name: string, text: string, ending: "gz" | "zst", file = "a.jsonl"): HostileInput => {
    const content = packed(ending, file === "a.csv" ? TABLE : TWO, text, 34);
    return fileInput(`a bomb of ${name}`, content, { file: `${file}.${ending}` });
  };
  return [
    ...["gz", "zst"].flatMap((ending) => [
      bomb("zeros", "\0", ending as "gz" | "zst"),
      bomb("line ends", "\n", ending as "gz" | "zst"),
    ]),
    bomb("broken lines", "x\n", "zst"),
    bomb("the same sample", `${line()}\n`, "zst"),
    bomb("brackets", "[", "zst"),
    bomb("empty objects", "{},", "zst"),
    bomb("one cell", "x", "zst", "a.csv"),
    bomb("line ends", "\n", "zst", "a.csv"),
    bomb("rows", "m,s,g,harmful,1,2,0,here\n", "zst", "a.csv"),
    {
      name: "100 MB on one line between two others",
      write: async (folder) => {
        const part = new Uint8Array(1 << 20).fill(120);
        const content = new Blob([
          `${line()}\n"`,
          ...Array<Uint8Array<ArrayBuffer>>(100).fill(part),
          `"\n${line({ id: "2" })}\n`,
        ]);
        await Deno.writeFile(`${folder}/a.jsonl`, content.stream());
      },
      entries: 3,
      samples: 2,
    },
  ];
}

/** JSON that is parsed as a whole: 192 MiB of it in some kB, and 1 MB of it as it is. */
function heldBombs(): HostileInput[] {
  const log = JSON.stringify(headOf()).slice(0, -1);
  const rollout = '{"rollouts":[{"variation_number":1,"repetition_number":1';
  const kinds: [file: string, first: string, text: string][] = [
    ["log.json", `${log},"samples":[`, "{},"],
    ["log.json", `${log},"samples":`, "["],
    ["log.json", `${log},"samples":[{"id":1,"messages":[`, "{},"],
    ["log.json", `${log},"plan":`, '{"a":'],
    ["rollout.json", `${rollout}},`, "{},"],
    ["rollout.json", `${rollout},"transcript":{"events":[`, "{},"],
    ["judgment.json", '{"judgments":[{"variation_number":1,"repetition_number":1,"a":[', "[],"],
    ["a.json", "[", '{"a":1},'],
    ["a.json", "[", "[1],"],
    ["a.json", "[", "0,"],
    ["a.json", '{"a":', "["],
    ["a.json", "{", '"a":{"b":1},'],
    ["response.json", '{"raw_response":"r","classification":', "["],
  ];
  return kinds.flatMap(([file, first, text]) => {
    const name = `a bomb of ${text} after ${first.slice(-30)}`;
    const plain = first + text.repeat(Math.floor((1_000_000 - first.length) / text.length));
    return [
      ...(["gz", "zst"] as const).map((ending) =>
        besideGood(name, `${file}.${ending}`, () => packed(ending, first, text, 3))
      ),
      besideGood(name, file, () => Buffer.from(plain)),
    ];
  });
}

/** Archives of which one sample is good. */
function archiveBombs(): HostileInput[] {
  const entry = (text: string | Uint8Array, index: number, method: 8 | 93 = 93): ZipPart => ({
    name: `samples/b${index}_epoch_1.json`,
    text,
    method,
  });
  const large = (first: string, text: string, size = 120 << 20) =>
    Buffer.concat([Buffer.from(first), Buffer.alloc(size - size % text.length, text)]);
  const log = (name: string, parts: () => readonly ZipPart[], samples = 2) =>
    besideGood(`an archive with ${name}`, "a.eval", () => zipOf([...evalParts([sampleOf(1)]), ...parts()]), samples);
  const many = (count: number, text: Uint8Array) => Array.from({ length: count }, (_, index) => entry(text, index));
  const referring = (changes: Record<string, unknown>) =>
    JSON.stringify(sampleOf("b", { attachments: { x: "x".repeat(500_000) }, ...changes }));
  const call = { function: "f", arguments: { a: Array(50_000).fill("attachment://x") } };
  const parts = Array(50_000).fill({ type: "text", text: "attachment://x" });
  const shell = JSON.stringify({ id: 2, epoch: 1, message_refs: [[0, 1]] });
  const folder = "samples/2_epoch_1";
  return [
    log("an entry of empty objects", () => [entry(large("[", "{},"), 0, 8)]),
    log("an entry of brackets", () => [entry(large("", "["), 0)]),
    log("an entry of messages that are none", () => [entry(large('{"id":1,"messages":[', "{},"), 0)]),
    log("an entry of 12 MiB of messages that are none", () => [
      entry(large('{"id":1,"messages":[', "{},", 12 << 20), 0),
    ]),
    log("30 entries of 120 MiB", () => many(30, large("", "€"))),
    log("60 entries of 15 MiB", () => many(60, large('{"id":1,"messages":[{"role":"user","content":"', "€", 15 << 20))),
    log("a journal of empty objects", () => [{ name: "header.json", text: large('{"eval":[', "{},"), method: 93 }]),
    log("30 pieces of 15 MiB", () => [
      { name: `${folder}/sample.json`, text: shell },
      ...Array.from({ length: 30 }, (_, index): ZipPart => ({
        name: `${folder}/messages/${index}.json`,
        text: large('[{"role":"user","content":"', "x", 15 << 20),
        method: 93,
      })),
    ]),
    log("a call that names a text 50,000 times", () => [
      entry(referring({ messages: [{ role: "assistant", content: "", tool_calls: [call] }] }), 0),
    ]),
    log("a message that names a text 50,000 times", () => [
      entry(referring({ messages: [{ role: "user", content: parts }] }), 0),
    ]),
    besideGood("an archive with two entries in one place", "a.eval", () => {
      const whole = zipOf(evalParts([sampleOf(1), sampleOf(2)]));
      const record = (index: number) => {
        let at = -1;
        for (let found = 0; found <= index; found++) at = whole.indexOf("PK\x01\x02", at + 1);
        return at;
      };
      whole.copy(whole, record(2) + 42, record(1) + 42, record(1) + 46);
      return whole;
    }, 2),
    besideGood(
      "an archive with six entries of 200 MiB",
      "a.eval",
      () => zipOf([...evalParts([sampleOf(1)]), ...many(6, large("", '{"a":1}', 200 << 20))]),
      2,
    ),
    besideGood(
      "an archive with an entry that claims a byte",
      "a.eval",
      () => zipOf([...evalParts([sampleOf(1)]), { ...entry(large("", "x"), 0), claims: { size: 1 } }]),
      2,
    ),
  ];
}
