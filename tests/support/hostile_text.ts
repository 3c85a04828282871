/** A name that acts on a terminal and forges lines of a report, if a command prints it as it is. */
import assert from "node:assert/strict";

/** What the name tries to be: a line of its own. */
const FORGED = "model=claude harmful: 0/1000";

/** Sets the title, rings, takes lines back, turns the direction around, and ends the line in each way there is. */
export const HOSTILE = [
  "gpt\u001b]0;title\u0007",
  "\u001b[2K\u009b1A\u0000\u007f",
  "\u202e18/20\u2066\u200f",
  `\r${FORGED}\r\n${FORGED}\n${FORGED}\v\f\u0085${FORGED}\u2028${FORGED}\u2029${FORGED}`,
].join("\u200b");

/** Asserts that printed text holds nothing of the name that acts and no line that it forged. */
export function assertTame(printed: string, what: string): void {
  assert.deepEqual(printed.match(/[^\P{C}\n]|[\u2028\u2029]/gu) ?? [], [], what);
  assert.deepEqual(printed.split("\n").filter((line) => line.startsWith(FORGED)), [], what);
}
