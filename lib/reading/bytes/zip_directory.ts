/**
 * What the directory at the end of a zip file says of its entries.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { type FileHandle, open as openFile } from "node:fs/promises";
import yauzl from "yauzl";

/** What a header says of an entry. */
export interface ZipMember {
  readonly name: string;
  readonly offset: number;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly isLink: boolean;
  /** True where it begins before the end of another: the same bytes would be decompressed again and again. */
  readonly overlaps: boolean;
}

/** Reads the directory at the end of a zip file. @throws {Error} if there is none that can be read */
export async function zipDirectory(file: string): Promise<ZipMember[]> {
  const handle = await openFile(file);
  try {
    const reader = new WindowReader(handle);
    const options = { decodeStrings: false, validateEntrySizes: false, autoClose: false };
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, (await handle.stat()).size, options);
    const members: ZipMember[] = [];
    for await (const entry of zip.eachEntry()) {
      members.push({
        name: new TextDecoder().decode(entry.fileName),
        offset: entry.relativeOffsetOfLocalHeader,
        method: entry.compressionMethod,
        flags: entry.generalPurposeBitFlag,
        crc: entry.crc32,
        compressedSize: entry.compressedSize,
        size: entry.uncompressedSize,
        isLink: entry.externalFileAttributes >>> 28 === 0o12,
        overlaps: false,
      });
    }
    return withOverlaps(members);
  } finally {
    await handle.close();
  }
}

function withOverlaps(members: readonly ZipMember[]): ZipMember[] {
  const overlapping = new Set<ZipMember>();
  let end = 0;
  for (const member of members.toSorted((a, b) => a.offset - b.offset)) {
    if (member.offset < end) overlapping.add(member);
    end = Math.max(end, member.offset + member.compressedSize);
  }
  return members.map((member) => overlapping.has(member) ? { ...member, overlaps: true } : member);
}

/** How much of a file is read at once: a directory record is some hundred bytes, and each would be a read of its own. */
const WINDOW = 1 << 18;

class WindowReader extends yauzl.RandomAccessReader {
  readonly #handle: FileHandle;
  #window: Uint8Array = new Uint8Array(0);
  #start = 0;

  constructor(handle: FileHandle) {
    super();
    this.#handle = handle;
  }

  /** Called by yauzl, which expects at most `length` bytes at `offset` of `buffer`. */
  read(buffer: Uint8Array, offset: number, length: number, position: number, done: Done): void {
    const at = position - this.#start;
    if (at >= 0 && at + length <= this.#window.length) {
      buffer.set(this.#window.subarray(at, at + length), offset);
      queueMicrotask(() => done(null, length));
      return;
    }
    const window = Buffer.alloc(Math.max(WINDOW, length));
    this.#handle.read(window, 0, window.length, position).then(({ bytesRead }) => {
      this.#window = window.subarray(0, bytesRead);
      this.#start = position;
      const found = Math.min(length, bytesRead);
      buffer.set(window.subarray(0, found), offset);
      done(null, found);
    }, done);
  }
}

type Done = (error: Error | null, bytesRead?: number) => void;
