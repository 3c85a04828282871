/**
 * danfojs frames for exploring: rows and columns to filter, group and sort in a notebook. No figure is made from them.
 *
 * danfojs brings TensorFlow.js, so it is imported on first use. Its `mean()` and `sum()` skip null without a word: count
 * the missing before using them.
 *
 * @module
 */
import { htmlTable, textTable } from "./html_table.ts";

/** A frame as danfojs makes it. */
export type DanfoFrame = InstanceType<typeof import("danfojs")["DataFrame"]>;

/** A danfojs frame that Jupyter shows as a table. */
export type Frame = DanfoFrame & { readonly [display: symbol]: unknown };

/** What a cell of a frame can hold; null where there is no value. */
export type FrameValue = string | number | boolean | null;

/** How many rows a frame shows; a line below says how many there are. */
const SHOWN = 50;

/** Makes a frame of rows with the same keys. An empty list makes a frame without rows. */
export async function frameOf(rows: readonly Readonly<Record<string, FrameValue>>[]): Promise<Frame> {
  const { DataFrame } = await import("danfojs");
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const values = rows.map((row) => columns.map((column) => row[column] ?? null));
  return showable(new DataFrame(values, { columns }));
}

/**
 * Gives a frame, also one that danfojs made from another, its look in Jupyter: a table instead of an object dump.
 *
 * @example
 * ```ts
 * import { frameOf, showable } from "$lib/frames/frame.ts";
 * import assert from "node:assert/strict";
 *
 * const frame = await frameOf([{ model: "a", count: 1 }, { model: "a", count: 2 }]);
 * const sums = showable(frame.groupby(["model"]).col(["count"]).sum());
 * assert.deepEqual(sums.values, [["a", 3]]);
 * ```
 */
export function showable(frame: DanfoFrame): Frame {
  const display = () => {
    const rows = (frame.values as FrameValue[][]).slice(0, SHOWN);
    const total = frame.shape[0];
    const more = total > SHOWN ? `${SHOWN} of ${total} rows` : "";
    return {
      "text/html": htmlTable(frame.columns, rows) + (more && `\n<p>${more}</p>`),
      "text/plain": textTable(frame.columns, rows) + (more && `\n${more}`),
    };
  };
  return Object.assign(frame, { [Symbol.for("Jupyter.display")]: display });
}
