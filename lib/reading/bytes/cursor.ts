/**
 * Reads a stream of bytes piece by piece, holding no more of it than the piece that was asked for.
 *
 * @module
 */
import { Buffer } from "node:buffer";

const NOTHING = Buffer.alloc(0);

/**
 * A place in a stream that only moves forward.
 *
 * @example
 * ```ts
 * import { ByteCursor } from "$lib/reading/bytes/cursor.ts";
 * import assert from "node:assert/strict";
 *
 * async function* bytes() {
 *   yield new Uint8Array([1, 2, 3]);
 *   yield new Uint8Array([4, 5]);
 * }
 * const cursor = new ByteCursor(bytes());
 * await cursor.skipTo(1);
 * assert.deepEqual([...await cursor.take(3)], [2, 3, 4]);
 * assert.deepEqual([...await cursor.take(9)], [5]);
 * ```
 */
export class ByteCursor {
  /** How many bytes lie behind. */
  at = 0;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Buffer = NOTHING;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#chunks = bytes[Symbol.asyncIterator]();
  }

  /** The next bytes, without moving; fewer where the stream ends. */
  async peek(count: number): Promise<Buffer> {
    if (this.#held.length < count) {
      const parts = [this.#held];
      let length = this.#held.length;
      while (length < count) {
        const { done, value } = await this.#chunks.next();
        if (done) break;
        parts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
        length += value.byteLength;
      }
      this.#held = Buffer.concat(parts);
    }
    return this.#held.subarray(0, count);
  }

  /** The next bytes; fewer where the stream ends. */
  async take(count: number): Promise<Buffer> {
    const taken = await this.peek(count);
    this.#held = this.#held.subarray(taken.length);
    this.at += taken.length;
    return taken;
  }

  /** Moves on to a place, or to the end where the stream is shorter; a place that lies behind is no move. */
  async skipTo(place: number): Promise<void> {
    while (this.at < place) {
      if (this.#held.length === 0) {
        const { done, value } = await this.#chunks.next();
        if (done) return;
        this.#held = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      }
      const step = Math.min(this.#held.length, place - this.at);
      this.#held = this.#held.subarray(step);
      this.at += step;
    }
  }
}
