/**
 * Hostile inputs of compressed files and archives: cut, damaged, or lying about themselves.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { fileInput, type HostileInput, line } from "./input.ts";
import { evalParts, sampleOf, zipOf, type ZipPart } from "../../support/inspect_writer.ts";

/** Compressed files, then zip files. */
export function archiveInputs(): HostileInput[] {
  return [...compressedInputs(), ...zipInputs()];
}

/** Two good lines. */
export const TWO = `${line()}\n${line({ id: "2" })}\n`;
/** A good table. */
export const TABLE = "model,scenario,goal,label,count,scored,missing,published\nm,s,g,harmful,1,2,0,here\n";

/** How bytes are compressed, by the ending of a name. */
export const PACKERS = {
  gz: (content: Uint8Array) => gzipSync(content),
  zst: (content: Uint8Array) => zstdCompressSync(content),
};

function compressedInputs(): HostileInput[] {
  return Object.entries(PACKERS).flatMap(([ending, pack]) => {
    const file = `a.jsonl.${ending}`;
    const two = pack(Buffer.from(TWO));
    const table = pack(Buffer.from(TABLE));
    const large = pack(
      Buffer.from(Array.from({ length: 20_000 }, (_, id) => line({ id: String(id * 7919 % 20_011) })).join("\n")),
    );
    const flipped = (at: number) => two.map((byte, index) => index === at ? byte ^ 0x55 : byte);
    return [
      ...[0, 1, 3, 4, 9, 20, two.length - 9, two.length - 5, two.length - 1].map((end) =>
        fileInput(`cut at byte ${end}`, two.subarray(0, end), { file })
      ),
      ...[3, 12, table.length - 1].map((end) =>
        fileInput(`cut at byte ${end}`, table.subarray(0, end), { file: `a.csv.${ending}` })
      ),
      ...[0.3, 0.6, 0.9].map((share) =>
        fileInput(`cut after ${share}`, large.subarray(0, Math.floor(share * large.length)), { file })
      ),
      ...[0, 2, 5, 12, 30, two.length - 2].map((at) => fileInput(`byte ${at} flipped`, flipped(at), { file })),
      fileInput("junk behind", Buffer.concat([two, Buffer.from("junk that is none")]), { file }),
      fileInput("two members", Buffer.concat([two, pack(Buffer.from(line({ id: "3" })))]), {
        file,
        entries: 3,
        samples: 3,
      }),
      fileInput("two members, the second cut", Buffer.concat([two, large.subarray(0, 5000)]), { file }),
      fileInput(
        "2,000 members",
        Buffer.concat(Array.from({ length: 2000 }, (_, id) => pack(Buffer.from(`${line({ id: String(id) })}\n`)))),
        {
          file,
          entries: 2000,
          samples: 2000,
        },
      ),
      fileInput("compressed twice", pack(two), { file, samples: 0 }),
      fileInput("plain under the name of a compressed one", TWO, { file, samples: 0 }),
      fileInput(`${ending} under a plain name`, two, { samples: 0 }),
    ];
  });
}

function zipInputs(): HostileInput[] {
  const samples = [1, 2, 3].map((id) => sampleOf(id));
  const parts = evalParts(samples);
  const whole = zipOf(parts);
  const file = "a.eval";
  const cuts = Array.from({ length: 24 }, (_, index) => Math.floor(whole.length * index / 24));
  const flips = Array.from({ length: 24 }, (_, index) => Math.floor(whole.length * (index + 0.5) / 24));
  const ends = Array.from({ length: 22 }, (_, index) => whole.length - 22 + index);
  const second = (changes: Partial<ZipPart>) =>
    zipOf(parts.map((part, index) => index === 2 ? { ...part, ...changes } : part));
  const claims: NonNullable<ZipPart["claims"]>[] = [
    { size: 0 },
    { size: 1 },
    { size: 0x7fffffff },
    { size: 0xffffffff },
    { crc: 0 },
    { flags: 1 },
    { flags: 8 },
    { method: 0 },
    { method: 14 },
    { method: 93 },
    { method: 99 },
  ];
  const names = [
    "../../samples/9_epoch_1.json",
    "/etc/passwd",
    "C:\\x.json",
    "samples/../../9_epoch_1.json",
    "samples\\9_epoch_1.json",
    "samples/9_epoch_1.json/",
    "samples/",
    "samples/\0_epoch_1.json",
    "samples/\n\x1b[31m_epoch_1.json",
    `samples/${"x".repeat(60_000)}_epoch_1.json`,
    "__proto__",
    "samples/__proto___epoch_1.json",
    "samples/1_epoch_1.json",
  ];
  const more = (part: ZipPart) => zipOf([...parts, part]);
  return [
    ...cuts.map((end) => fileInput(`cut at byte ${end}`, whole.subarray(0, end), { file })),
    ...flips.map((at) =>
      fileInput(`byte ${at} flipped`, whole.map((byte, i) => i === at ? byte ^ 0xff : byte), { file })
    ),
    ...ends.map((at) => fileInput(`byte ${at} set to 255`, whole.map((byte, i) => i === at ? 255 : byte), { file })),
    ...claims.map((lie) => fileInput(`an entry claims ${JSON.stringify(lie)}`, second({ claims: lie }), { file })),
    ...names.map((name) =>
      fileInput(`an entry named ${JSON.stringify(name.slice(0, 40))}`, more({ name, text: "{}" }), { file })
    ),
    fileInput("an entry that is a link", second({ isLink: true, text: "/etc/passwd" }), {
      file,
      entries: 3,
      samples: 2,
    }),
    fileInput("no directory", zipOf(parts, { hasDirectory: false }), { file }),
    fileInput("no entry", zipOf([]), { file, samples: 0 }),
    fileInput("no sample", zipOf(evalParts([])), { file, samples: 0 }),
    fileInput("a header alone", zipOf(evalParts([]).slice(-1)), { file, samples: 0 }),
    fileInput("a header that is an array", zipOf(evalParts(samples, { head: [] })), { file, samples: 0 }),
    fileInput("a zip in a zip", zipOf([{ name: "a.eval", text: whole }]), { file, samples: 0 }),
    fileInput("junk before", Buffer.concat([Buffer.from("junk"), whole]), { file }),
    fileInput(
      "20,000 entries",
      zipOf(Array.from({ length: 20_000 }, (_, id) => ({ name: `x/${id}`, text: "", method: 0 }))),
      { file },
    ),
  ];
}
