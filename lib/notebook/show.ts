/**
 * Showing something in Jupyter so that it arrives.
 *
 * The Deno kernel may send a cell's result after it has said that the cell is done, and a client that stops listening
 * there loses it. So nothing here is left to "the last expression of the cell": {@linkcode show} displays, and waits
 * until the message has gone out. Outside Jupyter the same call hands its output to a collector, or prints it.
 *
 * @module
 */
import type { Figure } from "../figures/figure.ts";
import { isShownList, listBundle, type ShownList } from "./lists.ts";

/** MIME type → content, as Jupyter stores it. */
export type Bundle = Readonly<Record<string, string>>;

/**
 * What can be shown: a string is Markdown; lists of rates, of contrasts and of a family's tests are tables; anything with
 * a Jupyter display (a figure, a frame) shows as it says.
 */
export type Showable = string | Figure | ShownList | { readonly [display: symbol]: unknown };

/** How long the kernel gets to send a message before the cell may end, in milliseconds. */
const SETTLE = 25;

const DISPLAY = Symbol.for("Jupyter.display");

type Collector = (bundle: Bundle, value: Showable) => void;
let collector: Collector | undefined;

/** Sends everything shown from now on to `collect`; `undefined` ends that. For running notebooks without Jupyter. */
export function collectWith(collect: Collector | undefined): void {
  collector = collect;
}

/**
 * Shows Markdown, a figure, a frame, or a list of rates or contrasts, and returns when it has been sent.
 *
 * @throws {TypeError} if the value has no way to be shown
 *
 * @example
 * ```ts
 * import { collectWith, show } from "$lib/notebook/show.ts";
 * import assert from "node:assert/strict";
 *
 * const seen: string[] = [];
 * collectWith((bundle) => seen.push(bundle["text/markdown"]));
 * await show("**18/20**");
 * collectWith(undefined);
 * assert.deepEqual(seen, ["**18/20**"]);
 * ```
 */
export async function show(value: Showable): Promise<void> {
  const bundle = await bundleOf(value);
  const jupyter = kernel();
  if (jupyter !== undefined) {
    await jupyter.display(bundle, { raw: true });
    await new Promise((resolve) => setTimeout(resolve, SETTLE));
  } else if (collector !== undefined) collector(bundle, value);
  else console.log(bundle["text/plain"]);
}

/** What Jupyter gets for a value. */
async function bundleOf(value: Showable): Promise<Bundle> {
  if (typeof value === "string") return { "text/markdown": value, "text/plain": value };
  if (isShownList(value)) return listBundle(value);
  const display = (value as { readonly [display: symbol]: unknown } | undefined)?.[DISPLAY];
  if (typeof display === "function") return await display.call(value) as Bundle;
  throw new TypeError(
    `Cannot show a value as it is no Markdown, figure, frame or list of rates or contrasts: current value is ${
      Array.isArray(value) ? `a list of ${value.length}` : String(value)
    }; frameOf() makes a frame of rows`,
  );
}

/** True for what the figure functions return. */
export function isFigure(value: Showable): value is Figure {
  return typeof value === "object" && !Array.isArray(value) && "svg" in value && "table" in value;
}

interface Kernel {
  display(bundle: Bundle, options: { raw: boolean }): Promise<void>;
}

/** `Deno.jupyter` throws when it is touched outside the kernel. */
function kernel(): Kernel | undefined {
  try {
    return (Deno as unknown as { jupyter: Kernel }).jupyter;
  } catch {
    return undefined;
  }
}

/**
 * In the kernel a list of rates or contrasts that is the last value of a cell shows itself, also one that `filter()` or
 * `sort()` has just made: so the way it is shown stands on what all lists have in common, and says nothing of others.
 */
if (kernel() !== undefined) {
  Object.defineProperty(Array.prototype, DISPLAY, {
    configurable: true,
    get(this: unknown) {
      return isShownList(this) ? () => listBundle(this as ShownList) : undefined;
    },
  });
}
