/**
 * How a sample goes on: what the model has said so far, what tools answered, and what it is shown next.
 *
 * First comes the act: one answer, or as many turns as there are calls of simulated tools. Then come the questions about
 * it, where they are asked for, in the same conversation.
 *
 * @module
 */
import type OpenAI from "openai";
import type { Call, Message } from "../samples/sample.ts";
import { filled } from "./scenarios/placeholders.ts";
import type { Scenario, Wording } from "./scenarios/scenario.ts";
import { isAtEnd, simulatedResult, type Simulation, type SimulationState } from "./scenarios/simulation.ts";
import { simulationStart } from "./scenarios/simulation.ts";
import type { TurnLine } from "./turn_line.ts";

/** How far a sample is. */
export interface Progress {
  /** What was said and answered in the act, after the prompt. */
  readonly act: readonly Message[];
  /** Questions about it and answers to them. */
  readonly interview: readonly Message[];
  /** The question that is to be answered next, once the act is over; absent: none. */
  readonly question?: string;
  /** How often the model has spoken. */
  readonly turns: number;
  /** True once nothing more belongs to the act. */
  readonly isActOver: boolean;
  /** Where the simulation stands; absent where there is none. */
  readonly at?: SimulationState;
}

/** What is asked in a conversation, whatever the condition. */
export interface Script {
  /** Tools; absent: the act is one answer. */
  readonly simulation?: Simulation;
  /** Questions after the act, as they are asked. */
  readonly questions: readonly string[];
}

/** Returns what of a scenario is asked in a wording beside its prompt. */
export function scriptOf({ simulation, interview }: Scenario, { texts }: Wording, isInterview: boolean): Script {
  const questions = isInterview ? interview.map(({ text }) => filled(text, texts)) : [];
  return simulation === undefined ? { questions } : { questions, simulation: withTexts(simulation, texts) };
}

/** Returns how far a sample is by the lines that it has. */
export function progressOf({ simulation, questions }: Script, lines: readonly TurnLine[]): Progress {
  const spoken = lines.filter(({ said }) => said !== undefined);
  const acts = spoken.filter(({ interview }) => !interview);
  const answers = spoken.filter(({ interview }) => interview);
  const at = simulation && (acts.at(-1)?.at ?? simulationStart(simulation));
  const last = acts.at(-1)?.said ?? [];
  const isActOver = acts.length > 0 && (simulation === undefined || acts.length >= simulation.most_turns ||
    isAtEnd(simulation, at!) || !last.some(({ role }) => role === "tool"));
  return {
    act: acts.flatMap(({ said }) => said!),
    interview: answers.flatMap(({ said }, index) => [{ role: "user" as const, content: questions[index] }, ...said!]),
    ...isActOver && answers.length < questions.length ? { question: questions[answers.length] } : {},
    turns: spoken.length,
    isActOver,
    ...at === undefined ? {} : { at },
  };
}

/** What the tools answer to calls, in their order, and where the simulation stands then. */
export function toolAnswers(
  simulation: Simulation,
  at: SimulationState,
  calls: readonly Call[],
): { readonly said: readonly Message[]; readonly at: SimulationState } {
  let now = at;
  const said = calls.map(({ name, arguments: given }): Message => {
    if (isAtEnd(simulation, now)) return { role: "tool", content: simulation.otherwise };
    const { result, next } = simulatedResult(simulation, now, name, typeof given === "string" ? {} : given);
    now = next;
    return { role: "tool", content: result };
  });
  return { said, at: now };
}

/** Messages as a chat completion takes them: each answer of a tool with the id of its call. */
export function toChat(messages: readonly Message[]): OpenAI.ChatCompletionMessageParam[] {
  let open: string[] = [];
  return messages.map(({ role, content, calls = [] }, index): OpenAI.ChatCompletionMessageParam => {
    if (role === "tool") return { role, content, tool_call_id: open.shift() ?? `call_${index}` };
    if (role !== "assistant" || calls.length === 0) return { role, content };
    open = calls.map((_, at) => `call_${index}_${at}`);
    const tool_calls = calls.map(({ name, arguments: given }, at) => ({
      id: open[at],
      type: "function" as const,
      function: { name, arguments: typeof given === "string" ? given : JSON.stringify(given) },
    }));
    return { role, content, tool_calls };
  });
}

/** Tools as a chat completion takes them. */
export function toTools({ tools }: Simulation): OpenAI.ChatCompletionTool[] {
  return tools.map(({ name, description, parameters }) => ({
    type: "function",
    function: { name, description, parameters: { ...parameters } },
  }));
}

function withTexts(simulation: Simulation, texts: Wording["texts"]): Simulation {
  const fill = (steps: Simulation["anywhere"]) =>
    steps.map((step) => ({ ...step, result: filled(step.result, texts) }));
  const states = Object.fromEntries(Object.entries(simulation.states).map(([name, steps]) => [name, fill(steps)]));
  return { ...simulation, states, anywhere: fill(simulation.anywhere) };
}
