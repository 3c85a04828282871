/**
 * Bytes as text, strictly: what is not UTF-8 is an error, not a replacement character.
 *
 * @module
 */
import { Buffer, isAscii, isUtf8 } from "node:buffer";

const UTF8 = new TextDecoder(); // drops a byte order mark
const STRICT = new TextDecoder("utf-8", { fatal: true });

/**
 * Decodes UTF-8. Text that is all ASCII takes the fastest way. A decoder that is strict by itself takes four times as
 * long as asking first whether it is UTF-8, and makes strings of two bytes a letter, which `JSON.parse` is slower on.
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
  if (!isAscii(bytes)) return (isUtf8(bytes) ? UTF8 : STRICT).decode(bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
