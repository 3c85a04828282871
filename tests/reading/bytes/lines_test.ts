/** Bytes become the same lines, wherever they are cut and whatever buffer the pieces come in. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { decodeText } from "$lib/reading/bytes/decode_text.ts";
import { CHUNK, fileChunks } from "$lib/reading/bytes/file_chunks.ts";
import { type Line, lineBatches } from "$lib/reading/bytes/lines.ts";
import { createOpener } from "$lib/reading/bytes/source.ts";
import { sha256 } from "$lib/samples/hash.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { folderOf } from "../../support/temp_folder.ts";

const PIECES = ["a", "é", "—", "🙂", "\n", "\r\n", "\r", "\u2028", "", '{"a": 1}'].map((text) => Buffer.from(text));
const BROKEN = [[0xc3], [0x80], [0xe2, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xc0, 0xaf]].map((bytes) =>
  Buffer.from(bytes)
);

/** Line by line, by a decoder that is strict by itself. */
function expected(bytes: Uint8Array): Line[] {
  const ends = [...bytes.keys()].filter((at) => bytes[at] === 10);
  const starts = [0, ...ends.map((end) => end + 1)].filter((start) => start < bytes.length);
  return starts.map((start, index) => {
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(start, ends[index]));
      return { number: index + 1, text: text.replace(/\r$/, "") };
    } catch {
      return { number: index + 1, reason: "not valid UTF-8" };
    }
  });
}

/** Pieces of bytes in one buffer, which is of no use any more when the next one is asked for. */
function* inOneBuffer(bytes: Uint8Array, length: () => number): Generator<Uint8Array> {
  const buffer = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length;) {
    const piece = bytes.subarray(at, at + length());
    buffer.set(piece);
    yield buffer.subarray(0, piece.length);
    buffer.fill(0x7a);
    at += piece.length;
  }
}

Deno.test("random bytes cut at random places, in one buffer that is used again, give the lines of the whole", async () => {
  const { below } = createRandom(11);
  let broken = 0;
  for (let round = 0; round < 400; round++) {
    const among = round % 2 === 0 ? PIECES : [...PIECES, ...BROKEN];
    const bytes = Buffer.concat(Array.from({ length: 1 + below(40) }, () => among[below(among.length)]));
    const lines = (await Array.fromAsync(lineBatches(inOneBuffer(bytes, () => 1 + below(9))))).flat();
    assert.deepEqual(lines, expected(bytes), bytes.toString("hex"));
    broken += lines.filter((line) => "reason" in line).length;
  }
  assert(broken > 100, `only ${broken} broken lines`);
});

Deno.test("text is decoded as by a strict decoder, and refused where that refuses it", () => {
  const strict = new TextDecoder("utf-8", { fatal: true });
  const all = [...PIECES, ...BROKEN];
  for (const first of all) {
    for (const second of all) {
      const bytes = Buffer.concat([first, second]);
      const of = (decode: (bytes: Uint8Array) => string) => {
        try {
          return decode(bytes);
        } catch (error) {
          return (error as Error).name;
        }
      };
      assert.equal(of(decodeText), of((one) => strict.decode(one)), bytes.toString("hex"));
    }
  }
});

Deno.test("a file of several pieces has its lines, its hash and its size, and may be left in the middle", async () => {
  const text = Array.from({ length: 40_000 }, (_, index) => `line ${index} — ${"x".repeat(index % 90)}`).join("\n");
  const file = `${await folderOf({ "long.jsonl": text })}/long.jsonl`;
  assert(Buffer.byteLength(text) > 4 * CHUNK);
  const read = { bytes: 0 };
  const open = createOpener({ onBytes: (count) => read.bytes += count });
  const lines = (await Array.fromAsync(open.lines(file))).flat();
  assert.deepEqual(lines.map((line) => "text" in line && line.text), text.split("\n"));
  assert.deepEqual(open.opened(), [{ path: file, sha256: sha256(text) }]);
  assert.equal(read.bytes, Buffer.byteLength(text));
  const kept = await Array.fromAsync(fileChunks(file));
  assert.equal(Buffer.concat(kept).toString(), text, "pieces that are kept are their own");
  for await (const piece of fileChunks(file, true)) {
    assert.equal(piece.length, CHUNK);
    break;
  }
});
