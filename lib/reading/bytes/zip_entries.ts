/**
 * The entries of a zip file, one in memory at a time, in one pass over the file so that it is hashed and metered whole.
 *
 * Nothing that a zip says of itself is believed: sizes are limits that are checked, names are never paths, and a file
 * without a readable directory (cut short, or standard input) is read by the headers that stand before each entry.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { type FileHandle, open as openFile } from "node:fs/promises";
import { crc32, inflateRawSync, zstdDecompressSync } from "node:zlib";
import { HELD, isBomb, STREAMED } from "./bomb.ts";
import type { ByteCursor } from "./cursor.ts";
import { decodeText } from "./decode_text.ts";
import type { ZipMember } from "./zip_directory.ts";

/** An entry is held some four times over: bytes, text, what was parsed, and the one before it that is not collected yet. */
export const LARGEST_ENTRY = 128 << 20;

/** What was decompressed of a file so far, in bytes. */
export interface ZipTotal {
  packed: number;
  unpacked: number;
}

/** An entry's text; or why there is none. */
export type ZipContent = { readonly text: string } | { readonly reason: string };

/** An entry by its name; the name of a problem that belongs to no entry is `file`. */
export type ZipEntry = { readonly name: string } & ZipContent;

/** Reads one entry out of its turn. */
export async function zipEntry(file: string, member: ZipMember, total: ZipTotal): Promise<ZipContent> {
  const refused = whyRefused(member, total);
  if (refused !== undefined) return { reason: refused };
  const handle = await openFile(file);
  try {
    const head = await readAt(handle, member.offset, HEADER_SIZE);
    if (!isHeader(head)) return { reason: `no entry begins at byte ${member.offset}` };
    const start = member.offset + HEADER_SIZE + head.readUInt16LE(26) + head.readUInt16LE(28);
    return decompress(member, await readAt(handle, start, member.compressedSize), total);
  } finally {
    await handle.close();
  }
}

/**
 * Yields the entries that are wanted by their names, in the order in which they lie in the file, and every one that
 * cannot be read with the reason. Of entries with one name the last in the directory counts, as in Python's zipfile.
 *
 * @param members the directory; without it entries are found by their own headers
 * @param total what was decompressed of the file so far; no more is where it is a bomb as a whole
 */
export async function* zipEntries(
  cursor: ByteCursor,
  members: readonly ZipMember[] | undefined,
  wanted: (name: string) => boolean,
  total: ZipTotal,
): AsyncGenerator<ZipEntry> {
  const listed = members === undefined ? scan(cursor) : inOrder(members);
  for await (const found of listed) {
    if ("reason" in found) {
      yield found;
      continue;
    }
    const { name, offset } = found;
    if (!wanted(name)) continue;
    const refused = whyRefused(found, total) ?? (offset < cursor.at ? "it overlaps another entry" : undefined);
    if (refused !== undefined) {
      yield { name, reason: refused };
      continue;
    }
    await cursor.skipTo(offset);
    const head = await cursor.take(HEADER_SIZE);
    if (!isHeader(head)) {
      yield { name, reason: `no entry begins at byte ${offset}` };
      continue;
    }
    const start = head.readUInt16LE(26) + head.readUInt16LE(28);
    yield { name, ...decompress(found, (await cursor.take(start + found.compressedSize)).subarray(start), total) };
  }
  await cursor.skipTo(Infinity); // to the end: the hash is that of the whole file
}

/** Members by their place in the file; those that a later one of the same name replaces come as problems. */
function inOrder(members: readonly ZipMember[]): (ZipMember | ZipEntry & { reason: string })[] {
  const last = new Map(members.map((member) => [member.name, member]));
  const replaced = members.filter((member) => last.get(member.name) !== member)
    .map(({ name }) => ({ name, reason: "a later entry of the same name replaces it" }));
  return [...replaced, ...[...last.values()].sort((a, b) => a.offset - b.offset)];
}

const HEADER_SIZE = 30;
const SIGNATURE = { entry: 0x04034b50, directory: 0x02014b50, end: 0x06054b50, end64: 0x06064b50 };
const SIZES_FOLLOW = 8;
const ENCRYPTED = 1;

function isHeader(head: Buffer): boolean {
  return head.length === HEADER_SIZE && head.readUInt32LE(0) === SIGNATURE.entry;
}

/** Finds entries by their own headers, as far as they follow each other. */
async function* scan(cursor: ByteCursor): AsyncGenerator<ZipMember | ZipEntry & { reason: string }> {
  const problem = (reason: string) => ({ name: "file", reason });
  for (;;) {
    const head = await cursor.peek(HEADER_SIZE);
    const signature = head.length < 4 ? undefined : head.readUInt32LE(0);
    if (signature !== undefined && Object.values(SIGNATURE).includes(signature) && signature !== SIGNATURE.entry) {
      return;
    }
    if (signature !== SIGNATURE.entry || head.length < HEADER_SIZE) {
      yield problem(
        head.length < HEADER_SIZE
          ? `cut short at byte ${cursor.at + head.length}, before its directory of entries`
          : `no entry begins at byte ${cursor.at}, so what follows cannot be read`,
      );
      return;
    }
    const [nameLength, extraLength] = [head.readUInt16LE(26), head.readUInt16LE(28)];
    const name = (await cursor.peek(HEADER_SIZE + nameLength)).subarray(HEADER_SIZE);
    const member = {
      name: new TextDecoder().decode(name),
      offset: cursor.at,
      method: head.readUInt16LE(8),
      flags: head.readUInt16LE(6),
      crc: head.readUInt32LE(14),
      compressedSize: head.readUInt32LE(18),
      size: head.readUInt32LE(22),
      isLink: false,
      overlaps: false,
    };
    if ((member.flags & SIZES_FOLLOW) !== 0 && member.compressedSize === 0) {
      yield problem(`the size of ${member.name} stands only in the directory of entries, which cannot be read`);
      return;
    }
    yield member;
    await cursor.skipTo(member.offset + HEADER_SIZE + nameLength + extraLength + member.compressedSize);
  }
}

function whyRefused(member: ZipMember, total: ZipTotal): string | undefined {
  const { method, flags, compressedSize, size, isLink, overlaps } = member;
  if (overlaps) return "it overlaps another entry";
  if (isLink) return "a symbolic link, not a file";
  if ((flags & ENCRYPTED) !== 0) return "encrypted";
  if (method !== 0 && method !== 8 && method !== 93) return `compression method ${method} is not known`;
  const declared = Math.max(compressedSize, size);
  if (declared > LARGEST_ENTRY) return `larger than ${LARGEST_ENTRY >> 20} MiB: ${declared} bytes`;
  if (isBomb({ packed: compressedSize, unpacked: size }, HELD)) {
    return `not decompressed: holds ${size} bytes, more than ${HELD.ratio} times its size`;
  }
  return isBomb({ packed: total.packed + compressedSize, unpacked: total.unpacked + size }, STREAMED)
    ? `not decompressed: all entries together hold more than ${STREAMED.ratio} times their size`
    : undefined;
}

function decompress(member: ZipMember, compressed: Buffer, total: ZipTotal): ZipContent {
  const { method, size, crc, compressedSize } = member;
  if (compressed.length < compressedSize) {
    return { reason: `cut short: ${compressed.length} of ${compressedSize} bytes are there` };
  }
  total.packed += compressedSize;
  total.unpacked += size;
  const limit = { maxOutputLength: Math.max(size, 1), chunkSize: Math.max(size + 1, 64) };
  try {
    const bytes = method === 0
      ? compressed
      : method === 8
      ? inflateRawSync(compressed, limit)
      : zstdDecompressSync(compressed, limit);
    if (bytes.length !== size) return { reason: `holds ${bytes.length} bytes, not ${size} as its header says` };
    if (crc32(bytes) !== crc) return { reason: "damaged: its checksum is not the one in its header" };
    const text = decodeText(bytes);
    if (method !== 0) release(bytes);
    return { text };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === "ERR_BUFFER_TOO_LARGE") return { reason: `holds more than the ${size} bytes that its header says` };
    return { reason: error instanceof TypeError ? "not valid UTF-8 text" : `cannot be decompressed: ${message}` };
  }
}

/** Gives back a large entry's bytes at once: left to the collector, those of several would lie in memory together. */
function release({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength > 1 << 20) buffer.transfer(0);
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.min(length, Math.max((await handle.stat()).size - position, 0)));
  let done = 0;
  while (done < buffer.length) {
    const { bytesRead } = await handle.read(buffer, done, buffer.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}
