/**
 * How much a few compressed bytes may become.
 *
 * @module
 */

/** What is no bomb: so many bytes, or so many times what they were packed into. */
export interface Limit {
  readonly bytes: number;
  readonly ratio: number;
}

/** For what is held in memory as a whole: of 20 published logs no entry comes to more than 1:25. */
export const HELD: Limit = { bytes: 16 << 20, ratio: 64 };

/** For tables, which are read in pieces, but slowly. */
export const TABLE: Limit = { bytes: 32 << 20, ratio: 128 };

/** For lines, which are read in pieces: one long prompt in thousands of samples packs well, and takes no more memory for it. */
export const STREAMED: Limit = { bytes: 256 << 20, ratio: 256 };

/**
 * Whether something is beyond both parts of a limit.
 *
 * @example
 * ```ts
 * import { HELD, isBomb } from "$lib/reading/bytes/bomb.ts";
 * import assert from "node:assert/strict";
 *
 * assert(isBomb({ packed: 1000, unpacked: 100e6 }, HELD));
 * assert(!isBomb({ packed: 1000, unpacked: 10e6 }, HELD) && !isBomb({ packed: 10e6, unpacked: 100e6 }, HELD));
 * ```
 */
export function isBomb({ packed, unpacked }: { packed: number; unpacked: number }, { bytes, ratio }: Limit): boolean {
  return unpacked > bytes && unpacked > ratio * packed;
}
