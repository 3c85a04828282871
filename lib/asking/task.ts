/**
 * What is to be asked, whoever asks: a key, a request, and what to do with the reply.
 *
 * @module
 */
import type OpenAI from "openai";

/** Tokens of a reply, or of several. */
export interface Usage {
  /** Tokens that were sent. */
  readonly input: number;
  /** Tokens that were answered. */
  readonly output: number;
}

/** Where a reply came from, in the server's own words. */
export interface Origin {
  /** The model that the reply names as its own: what was asked for may be another name of it, or another model. */
  readonly answered_by?: string;
  /** Why the reply ended, such as `stop`. */
  readonly finish?: string;
}

/** What every line of a store says of how it came to be. */
export interface AskedLine extends Origin {
  /** Hash of everything that was asked: by it the answer is found again. */
  readonly key?: string;
  /** Why there is no answer; present where there is none. */
  readonly missing?: string;
  /** True where the answer is one turn of several and there is more to ask: the task is asked again at once. */
  readonly open?: boolean;
  /** Tokens over all replies to this asking. */
  readonly usage?: Usage;
  /** How many times it was asked, calls of runs that ended before they had a line included. */
  readonly calls?: number;
  /** Of how many calls no reply was kept though they may be charged; absent where of none. */
  readonly unanswered?: number;
}

/** One thing to ask. Holds no text of its own, so that many can wait. */
export interface Task<Line extends AskedLine> {
  /** What is known of the line before there is an answer. */
  readonly head: Line & { readonly key: string };
  /** Absent where there is nothing to ask: the head then says why it is missing. */
  readonly ask?: () => Request<Line>;
}

/** A request, ready to be sent, and what its reply means. */
export interface Request<Line extends AskedLine> {
  readonly body: OpenAI.ChatCompletionCreateParamsNonStreaming;
  /** Which turn of its task it is, from 1; absent where a task is one turn: a server tells calls apart by it. */
  readonly turn?: number;
  /** More tokens than this it cannot use: no token is shorter than a byte. */
  readonly most: Usage;
  /** About so many tokens a server counts on. */
  readonly estimate: number;
  /** Reads a chat completion, whatever it holds. */
  readonly read: (completion: unknown) => ReplyOutcome<Line>;
}

/** What one reply gave. */
export interface ReplyOutcome<Line extends AskedLine> {
  /** The fields of the line that the reply decides; absent where it is malformed and may be asked for again. */
  readonly answer?: Partial<Line>;
  /** What is wrong with it, where it is malformed. */
  readonly malformed?: string;
  /** Absent where the server did not say. */
  readonly usage?: Usage;
  readonly origin?: Origin;
}

/** Why there is no answer, whatever was asked. */
export const NO_ANSWER = {
  "malformed": "no reply met the schema",
  "content filter": "the server withheld the reply",
  "time-out": "no reply in time",
  "transport": "the server failed or could not be reached",
  "request rejected": "the server does not take the request, as where the transcript is too long for the model",
} as const;

export type NoAnswer = keyof typeof NO_ANSWER;

/** The fields of a line where there is none. */
export interface NoAnswerLine {
  readonly missing: NoAnswer;
  readonly note?: string;
}

/** Not the answer but the way to it failed: asked again in the next run. */
const PASSING: readonly string[] = ["time-out", "transport", "request rejected"] satisfies NoAnswer[];

/** True where a line is the last answer, and nothing is asked again. */
export function isFinal({ missing, open }: AskedLine): boolean {
  return !open && (missing === undefined || !PASSING.includes(missing));
}
