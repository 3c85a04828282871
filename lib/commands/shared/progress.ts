/**
 * A progress line for long loads, on a terminal only.
 *
 * @module
 */
import type { OpenerOptions } from "../../reading/bytes/source.ts";
import { STDIN } from "../../reading/bytes/source.ts";
import { tellProgress } from "./print.ts";

/** How often the line is renewed, and how long a load may take before there is one, in milliseconds. */
const EVERY = 500;

/** Tells bytes done, rate and time left on standard error while paths are read, if that is a terminal. */
export function progress(paths: readonly string[]): OpenerOptions {
  if (!Deno.stderr.isTerminal()) return {};
  const start = performance.now();
  let total: number | undefined;
  let done = 0;
  let told = start;
  return {
    onBytes: (count) => {
      done += count;
      const now = performance.now();
      if (now - told < EVERY) return;
      told = now;
      total ??= sizeOf(paths);
      tellProgress(progressLine(done, total, (now - start) / 1000));
    },
  };
}

/**
 * The line itself.
 *
 * @example
 * ```ts
 * import { progressLine } from "$lib/commands/shared/progress.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(progressLine(50e6, 200e6, 2), "50 of 200 MB, 25 MB/s, 6 s left");
 * assert.equal(progressLine(50e6, 0, 2), "50 MB, 25 MB/s");
 * ```
 */
export function progressLine(done: number, total: number, seconds: number): string {
  const megabytes = (bytes: number) => Math.round(bytes / 1e6);
  const rate = `${megabytes(done / seconds)} MB/s`;
  if (total < done) return `${megabytes(done)} MB, ${rate}`;
  const left = Math.ceil((total - done) / (done / seconds));
  return `${megabytes(done)} of ${megabytes(total)} MB, ${rate}, ${left} s left`;
}

/** Bytes on disk below paths; 0 where that is not known. */
function sizeOf(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + (path === STDIN ? 0 : sizeBelow(path)), 0);
}

function sizeBelow(path: string): number {
  try {
    const { isDirectory, size } = Deno.statSync(path);
    if (!isDirectory) return size;
    return [...Deno.readDirSync(path)].reduce((sum, { name }) => sum + sizeBelow(`${path}/${name}`), 0);
  } catch {
    return 0;
  }
}
