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

/** What every line of a store says of how it came to be. */
export interface AskedLine {
  /** Hash of everything that was asked: by it the answer is found again. */
  readonly key?: string;
  /** Why there is no answer; present where there is none. */
  readonly missing?: string;
  /** Tokens over all replies to this asking. */
  readonly usage?: Usage;
  /** How many times it was asked. */
  readonly calls?: number;
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

/** True where a line is an answer that is not asked for again. */
export function isFinal({ missing }: AskedLine): boolean {
  return missing === undefined || !PASSING.includes(missing);
}
