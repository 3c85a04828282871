/**
 * What a hostile input is, and the good line that most of them are made from.
 *
 * @module
 */
import { createHash } from "node:crypto";

/** One input, written into a folder of its own. */
export interface HostileInput {
  readonly name: string;
  /** Writes it, and returns the path to load where that is not the folder itself. */
  readonly write: (folder: string) => Promise<string | void> | string | void;
  /** How many entries go in, where that is known: so many must come out as samples, rejects or duplicates. */
  readonly entries?: number;
  /** How many of them are good, where that is known. */
  readonly samples?: number;
}

/** A good line of the project's own JSONL, changed. */
export function line(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({ id: "1", model: "m", scenario: "s", condition: { goal: "g" }, labels: [LABEL], ...changes });
}

/** A good label. */
export const LABEL = { labeler: "l", kind: "rule", scores: { harmful: true } };

/** An input of one file. */
export function fileInput(
  name: string,
  content: string | Uint8Array,
  { file = "a.jsonl", ...account }: { file?: string; entries?: number; samples?: number } = {},
): HostileInput {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { name: `${name} (${file})`, write: (folder) => Deno.writeFile(`${folder}/${file}`, bytes), ...account };
}

/** A good card of one file, changed. */
export function cardOf(path: string, content: string | Uint8Array, changes: Record<string, unknown> = {}) {
  return {
    name: "n",
    title: "t",
    format: "jsonl",
    files: [{ path, sha256: createHash("sha256").update(content).digest("hex") }],
    labelers: { l: "x" },
    cluster: "c",
    source: { url: "https://example.org", licence: "x" },
    excluded: [],
    notes: [],
    ...changes,
  };
}
