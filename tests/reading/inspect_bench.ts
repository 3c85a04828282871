/**
 * How long an Inspect log of 1,000 samples takes, against decompressing and parsing its entries alone. Aim: at most
 * 1.5 times. Run with `deno bench --allow-read --allow-write --allow-env=INIT_CWD tests/reading/inspect_bench.ts`.
 */
import { Buffer } from "node:buffer";
import { inflateRawSync, zstdDecompressSync } from "node:zlib";
import { createOpener } from "$lib/reading/bytes/source.ts";
import { inspect } from "$lib/reading/formats/inspect/read.ts";
import { largeLog } from "../support/inspect_writer.ts";

for (const [name, method] of [["deflate", 8], ["zstd", 93]] as const) {
  const file = await Deno.makeTempFile({ suffix: ".eval" });
  await Deno.writeFile(file, largeLog(1000, method));

  Deno.bench({
    name: "decompress and JSON.parse alone",
    group: name,
    baseline: true,
    fn: async () => {
      const bytes = Buffer.from(await Deno.readFile(file));
      const decompress = method === 8 ? inflateRawSync : zstdDecompressSync;
      for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
        const start = at + 30 + bytes.readUInt16LE(at + 26);
        const end = start + bytes.readUInt32LE(at + 18);
        JSON.parse(decompress(bytes.subarray(start, end)).toString());
        at = end;
      }
    },
  });

  Deno.bench({
    name: "samples",
    group: name,
    fn: async () => {
      let count = 0;
      for await (const entry of inspect.read([file], createOpener())) count += "sample" in entry ? 1 : 0;
      if (count !== 1000) throw new Error(`Cannot compare as samples are missing: current value is ${count}`);
    },
  });
}
