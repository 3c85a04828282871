/**
 * The bytes of an open file: all that are asked for, however many the system gives or takes at once.
 *
 * @module
 */
import type { StoreBytes } from "./store_lines.ts";

/** An open file, read in parts, so that it is never held as a whole. */
export function partsOf(file: Deno.FsFile): StoreBytes {
  return { size: file.statSync().size, read: (at, length) => readAll(file, at, length) };
}

/** Reads so many bytes from an offset on, in as many goes as the system needs; fewer where the file ends. */
export function readAll(file: Deno.FsFile, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  file.seekSync(at, Deno.SeekMode.Start);
  let done = 0;
  for (let read: number | null = 0; done < length && read !== null; done += read ?? 0) {
    read = file.readSync(bytes.subarray(done));
  }
  return bytes.subarray(0, done);
}

/** Writes all bytes, in as many goes as the system needs. */
export function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += file.writeSync(bytes.subarray(done));
}
