/**
 * The one way in which bytes come in: files and standard input, plain or compressed, hashed and metered on the way.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { HELD, isBomb, type Limit, STREAMED } from "./bomb.ts";
import { CHUNK, fileChunks } from "./file_chunks.ts";
import { type Line, lineBatches, LONGEST_LINE } from "./lines.ts";
import { zstdFrames } from "./zstd_frames.ts";

/** Standard input, where a path is asked for. */
export const STDIN = "-";

/** What readers read with. */
export interface Opener {
  /**
   * The bytes of a file, decompressed where its name ends with `.gz` or `.zst`; a bomb by `limit`, that of a file that is
   * read in pieces, is an error.
   *
   * @throws what the file system or the decompressor throws, at the first read that meets it
   */
  readonly bytes: (file: string, limit?: Limit) => AsyncIterable<Uint8Array>;
  /** The lines of the same, many at a time, see {@linkcode lineBatches}. */
  readonly lines: (file: string) => AsyncIterable<Line[]>;
  /** The first bytes of a file, decompressed, for finding its format; neither hashed nor told as progress. */
  readonly head: (file: string, limit: number) => Promise<Uint8Array>;
  /** Takes down what was found out of a file and is to be said. */
  readonly note: (file: string, reason: string) => void;
  /** What was taken down. */
  readonly notes: () => readonly { readonly file: string; readonly reason: string }[];
  /** Every file that was opened; the hash is there once it was read to its end. */
  readonly opened: () => readonly { readonly path: string; readonly sha256?: string }[];
}

/** What an opener does besides reading. */
export interface OpenerOptions {
  /** Told how many bytes were read from disk, for progress. */
  readonly onBytes?: (count: number) => void;
  /** Whether to hash what is read (default: true). */
  readonly hashing?: boolean;
}

/** Makes an opener; each load has its own. */
export function createOpener({ onBytes, hashing = true }: OpenerOptions = {}): Opener {
  const opened = new Map<string, string | undefined>();
  const notes: { file: string; reason: string }[] = [];
  async function* measured(file: string, isShared = false): AsyncGenerator<Uint8Array> {
    opened.set(file, undefined);
    const hash = hashing ? createHash("sha256") : undefined;
    let length = 0;
    const chunks = file === STDIN ? standardInput().chunks({ keep: false }) : fileChunks(file, isShared);
    for await (const chunk of chunks) {
      length += chunk.byteLength;
      onBytes?.(chunk.byteLength);
      hash?.update(chunk);
      yield chunk;
    }
    opened.set(file, hash?.digest("hex"));
    if (file !== STDIN && (await stat(file)).size > length) {
      notes.push({ file, reason: "it grew while it was read: what came later is not read" });
    }
  }
  return {
    bytes: (file, limit = STREAMED) => decompressed(file, measured(file), limit),
    lines: (file) => lineBatches(decompressed(file, measured(file, !PACKED.test(file)), STREAMED)),
    head: async (file, limit) => {
      const parts: Uint8Array[] = [];
      let length = 0;
      const source = file === STDIN
        ? standardInput().chunks({ keep: true })
        : decompressed(file, fileChunks(file), HELD);
      for await (const chunk of source) {
        parts.push(chunk);
        length += chunk.length;
        if (length >= limit) break;
      }
      return Buffer.concat(parts).subarray(0, limit);
    },
    note: (file, reason) => void notes.push({ file, reason }),
    notes: () => notes,
    opened: () => [...opened].map(([path, sha256]) => ({ path, sha256 })),
  };
}

const PACKED = /\.(gz|zst)$/i;

function decompressed(file: string, bytes: AsyncIterable<Uint8Array>, limit: Limit): AsyncIterable<Uint8Array> {
  if (/\.gz$/i.test(file)) return withoutBombs(bytes, gunzipped, limit);
  if (/\.zst$/i.test(file)) return withoutBombs(bytes, (source) => zstdFrames(source, CHUNK), limit);
  return bytes;
}

function gunzipped(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  pipeline(bytes, gunzip, () => {}); // what fails reaches whoever reads from gunzip
  return gunzip;
}

async function* withoutBombs(
  bytes: AsyncIterable<Uint8Array>,
  decompress: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
  limit: Limit,
): AsyncGenerator<Uint8Array> {
  const length = { packed: 0, unpacked: 0 };
  async function* metered() {
    for await (const chunk of bytes) {
      length.packed += chunk.length;
      yield chunk;
    }
  }
  for await (const chunk of decompress(metered())) {
    length.unpacked += chunk.length;
    if (isBomb(length, limit)) {
      throw new RangeError(
        `not decompressed further: holds more than ${limit.ratio} times its size; decompress it first`,
      );
    }
    yield chunk;
  }
}

let replay: Replay | undefined;

function standardInput(): Replay {
  return replay ??= new Replay(Deno.stdin.readable);
}

/** Standard input can be read once only, by whichever opener: what was read to find its format is kept and comes first the next time. */
class Replay {
  readonly #source: ReadableStream<Uint8Array>;
  readonly #kept: Uint8Array[] = [];
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;

  constructor(source: ReadableStream<Uint8Array>) {
    this.#source = source;
  }

  async *chunks({ keep }: { keep: boolean }): AsyncGenerator<Uint8Array> {
    const reader = this.#reader ??= this.#source.getReader();
    yield* this.#kept;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (keep) this.#kept.push(next.value);
      yield next.value;
    }
  }
}

/**
 * The whole of a file as text; a byte order mark is dropped. Each piece is decoded as it comes: held are its characters
 * alone.
 *
 * @throws {TypeError} if it is not UTF-8
 * @throws {RangeError} if it is larger than `most` bytes, or a bomb
 */
export async function readText(file: string, open: Opener, most: number = LONGEST_LINE): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let length = 0;
  for await (const chunk of open.bytes(file, HELD)) {
    length += chunk.length;
    if (length > most) text = ""; // and on to its end, for its hash
    else text += decoder.decode(chunk, { stream: true });
  }
  if (length > most) throw new RangeError(`larger than ${most >> 20} MiB`);
  return text + decoder.decode();
}
