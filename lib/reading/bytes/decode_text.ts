/**
 * Bytes as text, strictly: what is not UTF-8 is an error, not a replacement character.
 *
 * @module
 */
import { Buffer, isAscii } from "node:buffer";

const UTF8 = new TextDecoder("utf-8", { fatal: true }); // drops a byte order mark

/**
 * Decodes UTF-8. Text that is all ASCII takes a way that is several times faster.
 *
 * @throws {TypeError} if it is not UTF-8
 *
 * @example
 * ```ts
 * import { decodeText } from "$lib/reading/bytes/decode_text.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(decodeText(new Uint8Array([0xc3, 0xa9])), "é");
 * assert.throws(() => decodeText(new Uint8Array([0xc3])), TypeError);
 * ```
 */
export function decodeText(bytes: Uint8Array): string {
  if (!isAscii(bytes)) return UTF8.decode(bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
