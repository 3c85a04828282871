/**
 * The options of a judge, as text on the command line and as what they mean.
 *
 * @module
 */
import { REPLY_FORMATS, type ReplyFormat } from "../../labelers/judge/reply.ts";
import {
  ASKING_OPTIONS,
  type AskingAccess,
  askingAccess,
  type AskingOptions,
  askingOptions,
  type AskingValues,
  whole,
} from "../shared/asking_options.ts";
import { UsageError } from "../shared/main.ts";

export const JUDGE_OPTIONS = {
  model: { type: "string" },
  votes: { type: "string" },
  format: { type: "string" },
  situations: { type: "string" },
  ...ASKING_OPTIONS,
} as const;

/** What was typed. */
export type JudgeValues = AskingValues & { readonly [name in "model" | "votes" | "format" | "situations"]?: string };

/** What it means. */
export interface JudgeOptions extends AskingOptions, AskingAccess {
  readonly model: string;
  readonly votes: number;
  readonly format: ReplyFormat;
}

/** What the command itself sends. */
const OURS = ["model", "messages", "response_format", "n", "stream"];

/** Reads the options and the environment. @throws {UsageError} if any is missing or wrong */
export function judgeOptions(values: JudgeValues): JudgeOptions {
  const { model } = values;
  if (model === undefined) throw new UsageError("Cannot label with a judge as --model is missing");
  return {
    ...askingAccess("label", values),
    model,
    votes: whole("votes", values.votes) ?? 1,
    format: formatNamed(values.format ?? "schema"),
    ...askingOptions(values, OURS),
  };
}

function formatNamed(name: string): ReplyFormat {
  if (name in REPLY_FORMATS) return name as ReplyFormat;
  throw new UsageError(`Cannot use --format as it must be ${Object.keys(REPLY_FORMATS).join(" or ")}: it is ${name}`);
}
