/**
 * Decompresses Zstandard frame by frame.
 *
 * The decompressor at hand ends without a word where a frame is cut short, and after the first of several frames, which
 * appended files and those written in parallel consist of. So the frames are found here, by the sizes that they and
 * their blocks state (RFC 8878, section 3.1), and each is decompressed by itself.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { pipeline } from "node:stream";
import { createZstdDecompress, zstdDecompressSync } from "node:zlib";
import { ByteCursor } from "./cursor.ts";

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50; // and the 15 after it
const RLE = 1; // a block of one byte, repeated

/** A frame up to this size, and holding up to that, is decompressed at once: a file may hold very many. */
const SMALL = { frame: 1 << 14, content: 1 << 20 };

/** Yields what all frames hold. @throws {Error} where one is cut short or damaged, or where something else follows */
export async function* zstdFrames(bytes: AsyncIterable<Uint8Array>, chunkSize: number): AsyncGenerator<Uint8Array> {
  const cursor = new ByteCursor(bytes);
  do {
    const magic = (await need(cursor, 4)).readUInt32LE();
    if (magic === MAGIC) yield* contentOf(frameParts(cursor), chunkSize);
    else if (magic >= SKIPPABLE && magic < SKIPPABLE + 16) await need(cursor, (await need(cursor, 4)).readUInt32LE());
    else throw new Error(`no Zstandard frame begins at byte ${cursor.at - 4}`);
  } while ((await cursor.peek(1)).length > 0);
}

async function* contentOf(frame: AsyncGenerator<Buffer>, chunkSize: number): AsyncGenerator<Uint8Array> {
  const first: Buffer[] = [];
  let length = 0;
  let isWhole = true;
  for (let next = await frame.next(); !next.done; next = await frame.next()) {
    first.push(next.value);
    length += next.value.length;
    if (length > SMALL.frame) {
      isWhole = false;
      break;
    }
  }
  if (isWhole) {
    const content = decompressNow(Buffer.concat(first));
    if (content !== undefined) {
      yield content;
      return;
    }
  }
  const decompressor = createZstdDecompress({ chunkSize });
  async function* parts() {
    yield* first;
    yield* frame;
  }
  pipeline(parts(), decompressor, () => {}); // what fails reaches the loop over the decompressor
  yield* decompressor;
}

/** What a small frame holds; `undefined` where that is not small. */
function decompressNow(frame: Buffer): Uint8Array | undefined {
  try {
    return zstdDecompressSync(frame, { maxOutputLength: SMALL.content });
  } catch (error) {
    if ((error as { code?: unknown }).code === "ERR_BUFFER_TOO_LARGE") return undefined;
    throw error;
  }
}

/** The bytes of one frame, whose magic number lies behind, block by block. */
async function* frameParts(cursor: ByteCursor): AsyncGenerator<Buffer> {
  const [descriptor] = await need(cursor, 1);
  const isSingle = (descriptor >> 5) & 1;
  const sizeBytes = [isSingle, 2, 4, 8][descriptor >> 6];
  const rest = 1 - isSingle + [0, 1, 2, 4][descriptor & 3] + sizeBytes;
  const magic = Buffer.alloc(4);
  magic.writeUInt32LE(MAGIC);
  yield Buffer.concat([magic, Buffer.of(descriptor), await need(cursor, rest)]);
  for (let isLast = false; !isLast;) {
    const head = await need(cursor, 3);
    const bits = head.readUIntLE(0, 3);
    isLast = (bits & 1) === 1;
    yield Buffer.concat([head, await need(cursor, ((bits >> 1) & 3) === RLE ? 1 : bits >> 3)]);
  }
  if ((descriptor >> 2) & 1) yield await need(cursor, 4);
}

async function need(cursor: ByteCursor, count: number): Promise<Buffer> {
  const taken = await cursor.take(count);
  if (taken.length < count) throw new Error(`cut short at byte ${cursor.at}, within a Zstandard frame`);
  return taken;
}
