/**
 * Which samples share a prompt, where only the conversation itself tells.
 *
 * @module
 */
import { basename } from "node:path";
import { STDIN } from "../bytes/source.ts";
import { sha256 } from "../../samples/hash.ts";
import { branchOf, type TextTree } from "../../samples/levels_tree.ts";
import { clusterOf, type Condition, type Message } from "../../samples/sample.ts";

/** A name for all that was said before the model's first answer: the same for samples of the same prompt. */
export function promptCluster(scenario: string, messages: readonly Message[]): string {
  const first = messages.findIndex(({ role }) => role === "assistant");
  return `${scenario} ${hashOf(messages.slice(0, first === -1 ? messages.length : first))}`;
}

/** Many samples share a prompt, and to hash it again for each takes longer than to check the sample. */
let known: { letters: number; readonly hashes: TextTree<string> } = { letters: 0, hashes: {} };

/** So many letters of prompts are held at most; a turn without any takes memory too. */
const MOST_HELD = 1 << 22;
const OF_A_TURN = 100;

function hashOf(asked: readonly Message[]): string {
  const letters = asked.reduce((sum, { content }) => sum + content.length + OF_A_TURN, 0);
  if (letters > MOST_HELD) return hashed(asked);
  let node = known.hashes;
  for (const { role, content } of asked) node = branchOf(branchOf(node, role), content);
  if (node.value !== undefined) return node.value;
  known.letters += letters;
  if (known.letters > MOST_HELD) known = { letters: 0, hashes: {} };
  return node.value = hashed(asked);
}

function hashed(asked: readonly Message[]): string {
  return sha256(JSON.stringify(asked.map(({ role, content }) => [role, content]))).slice(0, 16);
}

/**
 * The cluster of a sample whose source names none: its prompt where that is there, else its scenario and condition, for
 * what is told apart by nothing else is taken for one prompt.
 */
export function defaultCluster(scenario: string, condition: Condition, messages: readonly Message[] = []): string {
  const isAsked = messages.length > 0 && messages[0].role !== "assistant";
  return isAsked ? promptCluster(scenario, messages) : clusterOf(scenario, condition);
}

/** A scenario for records that name none: the name of their file. */
export function scenarioOf(file: string): string {
  return file === STDIN ? "not recorded" : basename(file).replace(/(\.(jsonl|ndjson|json|gz|zst))+$/i, "");
}
