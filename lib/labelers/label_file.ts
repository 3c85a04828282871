/**
 * The file that labels are kept in: one line each, see {@linkcode LabelLine}.
 *
 * @module
 */
import { type SetAside, setAside } from "../asking/set_aside.ts";
import { openStore, readStore, type Store } from "../asking/store.ts";
import { type LabelLine, parseLabelLine } from "./label_line.ts";

/** An open label file, locked against other processes. */
export type LabelStore = Store<LabelLine>;

/** Lines are written with their id first. */
const LABELS = {
  name: "label",
  start: '{"id":"',
  parse: parseLabelLine,
  mend: (path: string) => `deno task label --repair --out ${path} sets such lines aside and keeps the others`,
};

/**
 * Opens a label file, or makes it.
 *
 * @throws {Deno.errors.Busy} if another process has it open
 * @throws {SyntaxError} if a line other than a torn last one is no label; nothing is changed then
 *
 * @example
 * ```ts
 * import { openLabelStore } from "$lib/labelers/label_file.ts";
 * import assert from "node:assert/strict";
 *
 * const file = `${await Deno.makeTempDir()}/labels.jsonl`;
 * const store = openLabelStore(file);
 * store.add({ id: "1", labeler: "j", kind: "judge", key: "k", missing: "time-out" });
 * await store.close();
 * const again = openLabelStore(file);
 * assert.equal(again.get("k")?.id, "1");
 * await again.close();
 * ```
 */
export function openLabelStore(path: string): LabelStore {
  return openStore(path, LABELS);
}

/**
 * Opens a label file to add labels that are asked for: of each it holds what tells whether and how it was asked, and not
 * what it says of the sample. Errors are those of {@linkcode openLabelStore}.
 */
export function openAskedLabels(path: string): LabelStore {
  return openStore(path, { ...LABELS, held: (lines) => lines.map(withoutWords) });
}

function withoutWords({ acts: _, evidence: __, note: ___, ...line }: LabelLine): LabelLine {
  return line;
}

/**
 * Reads a label file that nobody needs to be writing to.
 *
 * @returns its lines; a torn last line is left out
 * @throws {SyntaxError} if a line is no label
 */
export function readLabelFile(path: string): readonly LabelLine[] {
  return readStore(path, LABELS);
}

/**
 * Sets the lines of a label file that are no labels aside, see {@linkcode setAside}.
 *
 * @throws {SyntaxError} if no line is a label; nothing is changed then
 */
export async function repairLabelFile(path: string): Promise<SetAside> {
  return await setAside(path, LABELS);
}
