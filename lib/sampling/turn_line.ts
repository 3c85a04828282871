/**
 * One line of the store beside the samples: what one turn of one sample brought, or why it brought nothing.
 *
 * Turns of a sample that is not done are held with their words, for the next turn goes on from them; once it is done its
 * words stand in the file of samples, and here only what it took.
 *
 * @module
 */
import { z } from "zod";
import type { LineKind } from "../asking/store_lines.ts";
import { type AskedLine, isFinal } from "../asking/task.ts";
import { parseJson } from "../json/strict.ts";
import type { Message } from "../samples/sample.ts";
import { explain, messageSchema } from "../samples/schema.ts";
import type { SimulationState } from "./scenarios/simulation.ts";

/** What one turn brought. */
export interface TurnLine extends AskedLine {
  /** That of the sample. */
  readonly key: string;
  /** That of the sample. */
  readonly id: string;
  /** What was said in this turn: the model's message, and what tools answered; absent once the sample is done. */
  readonly said?: readonly Message[];
  /** True where this turn answers a question that follows the act. */
  readonly interview?: boolean;
  /** Where the simulation stands after it. */
  readonly at?: SimulationState;
  /** What the provider said where it declined. */
  readonly declined?: string;
  /** What is said of a failure. */
  readonly note?: string;
  /** When it was read. */
  readonly date?: string;
}

const text = z.string().min(1);
const count = z.int().min(0);

const turnLineSchema = z.strictObject({
  key: text,
  id: text,
  said: z.array(messageSchema).optional(),
  interview: z.boolean().optional(),
  at: z.strictObject({ state: text, marked: z.array(text) }).optional(),
  declined: z.string().optional(),
  open: z.boolean().optional(),
  missing: text.optional(),
  note: text.optional(),
  answered_by: text.optional(),
  finish: text.optional(),
  usage: z.strictObject({ input: z.number().min(0), output: z.number().min(0) }).optional(),
  calls: count.optional(),
  unanswered: count.optional(),
  date: text.optional(),
});

/** The lines of the store: written with their key first. */
export const TURNS: LineKind<TurnLine> = {
  name: "turn",
  start: '{"key":"',
  parse: (row) => {
    const { success, data, error } = turnLineSchema.safeParse(parseJson(row));
    if (!success) throw new SyntaxError(explain(error));
    return data;
  },
  held: (lines) => isFinal(lines.at(-1)!) ? lines.map(withoutWords) : lines,
};

/** A line without what was said in it. */
export function withoutWords({ said: _, at: __, ...line }: TurnLine): TurnLine {
  return line;
}
