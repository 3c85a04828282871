/**
 * What a sample is: one run of one model on one prompt, with the labels recorded for it.
 *
 * @module
 */
import type { Act } from "../acts/act.ts";
import { branchOf, type TextTree } from "./levels_tree.ts";

/** One turn of a transcript. */
export interface Message {
  /** Whose turn it is. */
  readonly role: "system" | "user" | "assistant" | "tool";
  /** The text. */
  readonly content: string;
  /** The model's own reasoning before this message, where it was recorded. */
  readonly reasoning?: string;
  /** What the model called: tools, or the emails that it wrote as tags. */
  readonly calls?: readonly Call[];
}

/** One call: its name and its arguments, as text where they were recorded so. */
export interface Call {
  /** That of the tool, or of the tag: `email`, `forward`. */
  readonly name: string;
  /** By name, or as text where they were recorded so. */
  readonly arguments: string | Readonly<Record<string, unknown>>;
}

/** A named score as its labeler delivered it; `null`: tried and failed, so missing. */
export type Score = number | string | boolean | null;

/** What one labeler recorded for one sample. */
export interface Label {
  /** Who recorded it, for example `gpt-4o`. */
  readonly labeler: string;
  /** What the labeler is: `dataset` is the data set's own scorer. */
  readonly kind: "human" | "rule" | "judge" | "dataset";
  /** What the model did; absent where no acts were coded. */
  readonly acts?: readonly Act[];
  /** By the names of their source. */
  readonly scores?: Readonly<Record<string, Score>>;
  /** What the labeler says beside it. */
  readonly note?: string;
}

/** Factor → level, for example `{ goal_conflict: "none", threat: "replacement" }`. */
export type Condition = Readonly<Record<string, string>>;

/** One run of one model on one prompt. */
export interface Sample {
  /** Unique in its data set. */
  readonly id: string;
  /** The model that was sampled. */
  readonly model: string;
  /** What it was put into, for example `blackmail`. */
  readonly scenario: string;
  /** The level of each factor. */
  readonly condition: Condition;
  /** Where it stood in its source: task, sample id, epoch, status. Not a condition, and never added up over. */
  readonly run?: Condition;
  /** What is not independent: samples of the same prompt text. */
  readonly cluster: string;
  /** Absent where only a coding was published. */
  readonly messages?: readonly Message[];
  /** Empty where nothing was recorded. */
  readonly labels: readonly Label[];
  /** How it came to be, where it was sampled here. */
  readonly generation?: Generation;
  /** Where it was read. */
  readonly source: Place;
}

/** How a sample came to be: what was asked, of whom, and how it ended. */
export interface Generation {
  /** The model, by the name that it was asked for with. */
  readonly asked: string;
  /** The model that the last reply names as its own. */
  readonly answered_by?: string;
  /** What was sent beside the messages, such as the temperature. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The seed that was sent, where one was. */
  readonly seed?: number;
  /** Why the last reply ended: `stop`, or `length` where it was cut off. */
  readonly finish?: string;
  /** Why there is no answer, such as `time-out` or `empty reply`; present where there is none, which is no refusal. */
  readonly missing?: string;
  /** What was said of that. */
  readonly note?: string;
  /** Tokens over all its replies. */
  readonly usage?: { readonly input: number; readonly output: number };
  /** How many calls it took. */
  readonly calls?: number;
  /** Of how many of them no reply was kept though they may be charged. */
  readonly unanswered?: number;
  /** When the last reply came, or when it was given up. */
  readonly date: string;
  /** Hash of the messages that the model was shown first. */
  readonly prompt: string;
  /** Hash of the files of the scenario. */
  readonly scenario: string;
  /** Hash of everything that was asked: a store finds it by this. */
  readonly key: string;
  /** Name and version of what sampled it. */
  readonly software: string;
  /** The plan that was there before the first call: the hash of its file, and when it was written. */
  readonly plan?: { readonly sha256: string; readonly written: string };
  /** What was asked after the act, and answered: no part of what is labelled. */
  readonly interview?: readonly Message[];
}

/** Where something stands: `at` is `line 12` or `file`. */
export interface Place {
  /** The path. */
  readonly file: string;
  /** The place in it. */
  readonly at: string;
}

/**
 * A published count: k of n for one label in one condition, where the samples themselves were not published.
 * It takes the same road to a rate as samples do.
 */
export interface Cell {
  /** The model that was sampled. */
  readonly model: string;
  /** What it was put into. */
  readonly scenario: string;
  /** The level of each factor. */
  readonly condition: Condition;
  /** The score that was counted. */
  readonly label: string;
  /** How many are what the label says. */
  readonly count: number;
  /** Of how many. */
  readonly scored: number;
  /** How many more have no usable verdict. */
  readonly missing: number;
  /** Where the number was published, for example `arXiv:2510.05179v2, figure 7`. */
  readonly published: string;
  /** How many prompts its samples are of; absent where the source does not say. */
  readonly prompts?: number;
  /** Which they are: present where their number is. */
  readonly cluster?: string;
  /** Where it was read. */
  readonly source: Place;
}

/** A condition as text that does not depend on the order of its factors. */
export function conditionKey(condition: Condition): string {
  return TEXTS.get(condition)?.key ?? textsOf(condition).key;
}

/** The default cluster: same scenario and condition means same prompt text. */
export function clusterOf(scenario: string, condition: Condition): string {
  return scenario + (TEXTS.get(condition) ?? textsOf(condition)).levels;
}

/** Returns one object for all conditions that are equal: a corpus has few of them, and many samples. */
export function sharedCondition(condition: Condition): Condition {
  let node = SHARED;
  for (const factor in condition) node = branchOf(branchOf(node, factor), condition[factor]);
  if (node.value !== undefined) return node.value;
  if (TEXTS.size >= MOST_SHARED) return condition;
  TEXTS.set(condition, textsOf(condition));
  return node.value = condition;
}

interface Texts {
  readonly key: string;
  /** ` factor=level` for each factor. */
  readonly levels: string;
}

const SHARED: TextTree<Condition> = {};
const TEXTS = new Map<Condition, Texts>(); // of shared conditions
const MOST_SHARED = 10_000;

function textsOf(condition: Condition): Texts {
  const entries = Object.entries(condition).sort(([a], [b]) => a < b ? -1 : 1);
  return { key: JSON.stringify(entries), levels: entries.map(([factor, level]) => ` ${factor}=${level}`).join("") };
}

/** What makes a sample or a published count the same as another within a data set. */
export function identityOf(item: Sample | Cell): string {
  if ("labels" in item) return item.id;
  return `${item.model}, ${item.scenario}, ${conditionKey(item.condition)}, ${item.label}`;
}

/**
 * What a copy of a sample or published count has in common with it, wherever the copy stands: of two files that both
 * number from 1, the samples are not the same. A transcript is told by the length and the last words of each message.
 */
export function likenessOf(item: Sample | Cell): string {
  const { model, scenario, condition } = item;
  const shared = `${model}\n${scenario}\n${conditionKey(condition)}`;
  if (!("labels" in item)) return `${shared}\n${item.count}/${item.scored}/${item.missing} ${item.published}`;
  const messages = (item.messages ?? []).map(({ content }) => `${content.length} ${content.slice(-LAST_WORDS)}`);
  return `${shared}\n${messages.join("\n")}`;
}

const LAST_WORDS = 64;

/** What was recorded of an item, as a number: two that differ in it were not judged alike. */
export function recordedOf(item: Sample | Cell): number {
  const text = "labels" in item
    ? JSON.stringify(item.labels.map(({ labeler, acts, scores }) => [labeler, acts, scores]))
    : "";
  let hash = 0x811c9dc5; // FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
