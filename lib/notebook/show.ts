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

/** MIME type → content, as Jupyter stores it. */
export type Bundle = Readonly<Record<string, string>>;

/** What can be shown: a string is Markdown; anything with a Jupyter display (a frame, for one) shows as it says. */
export type Showable = string | Figure | { readonly [display: symbol]: unknown };

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
 * Shows Markdown, a figure or a frame, and returns when it has been sent.
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
  const bundle = bundleOf(value);
  const jupyter = kernel();
  if (jupyter !== undefined) {
    await jupyter.display(bundle, { raw: true });
    await new Promise((resolve) => setTimeout(resolve, SETTLE));
  } else if (collector !== undefined) collector(bundle, value);
  else console.log(bundle["text/plain"]);
}

/** What Jupyter gets for a value. */
function bundleOf(value: Showable): Bundle {
  if (typeof value === "string") return { "text/markdown": value, "text/plain": value };
  if (isFigure(value)) return { "image/svg+xml": value.svg, "text/plain": `${value.title}\n${value.caption}` };
  const display = (value as { [display: symbol]: unknown })[DISPLAY];
  if (typeof display === "function") return display.call(value) as Bundle;
  throw new TypeError(`Cannot show a value as it is no Markdown, figure or frame: current value is ${String(value)}`);
}

/** True for what the figure functions return. */
export function isFigure(value: Showable): value is Figure {
  return typeof value === "object" && "svg" in value && "table" in value;
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
