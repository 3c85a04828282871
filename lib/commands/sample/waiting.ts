/**
 * What is told where sampling waits for labels: what is known so far, and what to type next.
 *
 * @module
 */
import type { Plan } from "../../rates/planning/plan.ts";
import type { Look } from "./until_narrow.ts";

/** What was typed after `deno task sample`. */
export interface Typed {
  readonly args: readonly string[];
  readonly labels?: string;
  /** The folder of the scenario, where it has situations of its own. */
  readonly situations?: string;
}

/**
 * What waits for labels, how narrow each difference is, and the commands that go on.
 *
 * @example
 * ```ts
 * import { waitingLines } from "$lib/commands/sample/waiting.ts";
 * import assert from "node:assert/strict";
 *
 * const widths = [{ name: "prohibition: dont minus none, model=m", wordings: 6, width: 0.624 }];
 * const look = { isNarrow: false, samples: 28, waiting: 4, widths };
 * const plan = { sampling: { stop: { until_width: 0.3 } } } as Parameters<typeof waitingLines>[1];
 * const typed = { args: ["./mine", "--plan", "plan.json", "--out", "s.jsonl"], situations: "./mine" };
 * assert.deepEqual(waitingLines(look, plan, "s.jsonl", typed), [
 *   "waits for labels: of 28 samples 24 can be counted or are missing for good, 4 have no label yet",
 *   "prohibition: dont minus none, model=m: known to 62.4 points over 6 wordings; planned: 30",
 *   "next: deno task label s.jsonl --labeler judge --model NAME --situations ./mine --out labels.jsonl",
 *   "then: deno task sample ./mine --plan plan.json --out s.jsonl --labels labels.jsonl",
 *   "people: deno task label s.jsonl --labeler human --unlabelled labels.jsonl --out sheet-28.csv, then " +
 *   "deno task label --labeler human --import sheet-28.csv --coder NAME --out labels.jsonl",
 * ]);
 * ```
 */
export function waitingLines(
  { samples, waiting, widths }: Look,
  { sampling }: Plan,
  out: string,
  { args, labels = "labels.jsonl", situations }: Typed,
): string[] {
  const stop = sampling!.stop as { until_width: number };
  const own = situations === undefined ? [] : ["--situations", situations];
  const file = `sheet-${samples}.csv`; // another each time
  const command = (task: string, words: readonly string[]) => ["deno task", task, ...words.map(quoted)].join(" ");
  const again = args.some((arg) => /^--labels(=|$)/.test(arg)) ? args : [...args, "--labels", labels];
  const judge = command("label", [out, "--labeler", "judge", "--model", "NAME", ...own, "--out", labels]);
  const sheet = command("label", [out, "--labeler", "human", "--unlabelled", labels, "--out", file]);
  const coded = command("label", ["--labeler", "human", "--import", file, "--coder", "NAME", "--out", labels]);
  return [
    `waits for labels: of ${samples} samples ${
      samples - waiting
    } can be counted or are missing for good, ${waiting} have ` +
    "no label yet",
    ...widths.map(({ name, wordings, width }) =>
      `${name}: ${width === undefined ? "not known" : `known to ${points(width)} points`} over ${wordings} wordings; ` +
      `planned: ${points(stop.until_width)}`
    ),
    `next: ${judge}`,
    `then: ${command("sample", again)}`,
    `people: ${sheet}, then ${coded}`,
  ];
}

function points(width: number): string {
  return String(Math.round(width * 1000) / 10);
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
