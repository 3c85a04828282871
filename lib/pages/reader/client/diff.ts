/**
 * Two texts compared word by word. It runs in the browser, as text.
 *
 * @module
 */

/** A stretch that stands in both texts, in the first alone (`gone`), or in the second alone (`new`). */
export interface Change {
  readonly kind: "same" | "gone" | "new";
  readonly text: string;
}

/**
 * Compares two texts, line by line and then, where lines differ, word by word. The `same` and `gone` stretches are the
 * first text, the `same` and `new` ones the second.
 *
 * @example
 * ```ts
 * import { changesOf } from "$lib/pages/reader/client/diff.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(changesOf("Serve the US.\nDo it.", "Serve all.\nDo it."), [
 *   { kind: "same", text: "Serve " },
 *   { kind: "gone", text: "the US.\n" },
 *   { kind: "new", text: "all.\n" },
 *   { kind: "same", text: "Do it." },
 * ]);
 * ```
 */
export function changesOf(first: string, second: string): Change[] {
  const lines = steps(first.split(/(?<=\n)/), second.split(/(?<=\n)/));
  const changes: Change[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [one, next] = [lines[at], lines[at + 1]];
    if (one.kind === "gone" && next?.kind === "new") {
      changes.push(...steps(one.text.split(/(?<=\s)(?=\S)/), next.text.split(/(?<=\s)(?=\S)/)));
      at++;
    } else changes.push(one);
  }
  return joinedChanges(changes);
}

/** The steps from one list to another by their longest common part; adjoining ones are joined, `gone` before `new`. */
export function steps(first: readonly string[], second: readonly string[]): Change[] {
  let start = 0;
  while (start < first.length && start < second.length && first[start] === second[start]) start++;
  let end = 0;
  while (
    end < Math.min(first.length, second.length) - start &&
    first[first.length - 1 - end] === second[second.length - 1 - end]
  ) end++;
  const [a, b] = [first.slice(start, first.length - end), second.slice(start, second.length - end)];
  const width = b.length + 1;
  const isTooLong = (a.length + 1) * width > 4_000_000; // then all of it is shown as changed
  const common = new Uint16Array(isTooLong ? 0 : (a.length + 1) * width);
  for (let i = a.length - 1; i >= 0 && !isTooLong; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j]
        ? common[(i + 1) * width + j + 1] + 1
        : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  const middle: Change[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const isSame = !isTooLong && i < a.length && j < b.length && a[i] === b[j];
    if (isSame) {
      middle.push({ kind: "same", text: a[i] });
      i++;
      j++;
    } else if (
      i < a.length && (isTooLong || j === b.length || common[(i + 1) * width + j] >= common[i * width + j + 1])
    ) {
      middle.push({ kind: "gone", text: a[i++] });
    } else middle.push({ kind: "new", text: b[j++] });
  }
  const same = (text: string): Change => ({ kind: "same", text });
  return joinedChanges([
    ...first.slice(0, start).map(same),
    ...middle,
    ...first.slice(first.length - end).map(same),
  ]);
}

/** Between two stretches that are the same, all that is gone and then all that is new. */
export function joinedChanges(changes: readonly Change[]): Change[] {
  const joined: Change[] = [];
  const open = { gone: "", new: "", same: "" };
  const close = (kinds: readonly Change["kind"][]) => {
    for (const kind of kinds) {
      if (open[kind] !== "") joined.push({ kind, text: open[kind] });
      open[kind] = "";
    }
  };
  for (const { kind, text } of changes) {
    close(kind === "same" ? ["gone", "new"] : ["same"]);
    open[kind] += text;
  }
  close(["same", "gone", "new"]);
  return joined;
}
