/**
 * What is to be sampled: each condition in each wording by each model so many times, with the key by which its answer is
 * found again.
 *
 * @module
 */
import { type Parameters, sizeOf, sortedParameters } from "../asking/parameters.ts";
import type { Store } from "../asking/store.ts";
import type { Request, Task } from "../asking/task.ts";
import { sha256 } from "../samples/hash.ts";
import type { Condition, Message } from "../samples/sample.ts";
import { progressOf, type Script, scriptOf, toChat, toTools } from "./conversation.ts";
import { balancedOrder } from "./order.ts";
import { readTurn } from "./read_turn.ts";
import { renderPrompt } from "./scenarios/render.ts";
import type { Scenario, Wording } from "./scenarios/scenario.ts";
import type { TurnLine } from "./turn_line.ts";

/** What is sampled and how. */
export interface SampleSettings {
  readonly scenario: Scenario;
  /** The conditions that are sampled, of {@linkcode cellsOf}. */
  readonly cells: readonly Condition[];
  readonly models: readonly string[];
  /** How often each prompt is asked. */
  readonly epochs: number;
  readonly parameters: Parameters;
  /** Of the order in which they are asked. */
  readonly seed: number;
  /** Wording after wording in the order of the scenario, each with all its epochs, so that sampling may end after any;
   *  else epoch after epoch. */
  readonly isByWording?: boolean;
  /** Whether the questions after the act are asked. */
  readonly isInterview: boolean;
}

/** One sample that is to be. It holds no text of its own, so that many can wait. */
export interface PlannedSample {
  readonly id: string;
  readonly key: string;
  readonly model: string;
  readonly condition: Condition;
  readonly wording: Wording;
  /** From 1. */
  readonly epoch: number;
  /** Hash of the messages that the model is shown first. */
  readonly prompt: string;
  readonly parameters: Parameters;
}

/**
 * Returns the samples that are to be, in the order in which they are asked for. A seed among the parameters is raised by
 * one with each epoch: under one seed a server may answer every time alike.
 */
export function plannedSamples(settings: SampleSettings): PlannedSample[] {
  const { scenario, cells, models, epochs, parameters, seed, isInterview, isByWording } = settings;
  const prompts = new Map(scenario.wordings.map((wording) => {
    const script = scriptOf(scenario, wording, isInterview);
    return [
      wording,
      new Map(cells.map((cell) => {
        const { messages } = renderPrompt(scenario, cell, wording);
        return [cell, { prompt: sha256(JSON.stringify(messages)), asked: sha256(JSON.stringify([messages, script])) }];
      })),
    ];
  }));
  const byEpoch = Array.from(
    { length: epochs },
    (_, index): Parameters =>
      typeof parameters.seed === "number" ? { ...parameters, seed: parameters.seed + index } : parameters,
  );
  const members = models.flatMap((model) => cells.map((condition) => ({ model, condition })));
  const order = isByWording
    ? scenario.wordings.flatMap((wording, at) => balancedOrder([wording], members, epochs, seed + at))
    : balancedOrder(scenario.wordings, members, epochs, seed);
  return order.map(({ wording, member, epoch }) => {
    const { prompt, asked } = prompts.get(wording)!.get(member.condition)!;
    const sent = byEpoch[epoch - 1];
    return {
      id: [scenario.name, Object.values(member.condition).join("-"), wording.name, member.model, epoch].join("/"),
      key: sha256(JSON.stringify([asked, member.model, sortedParameters(sent), epoch])),
      ...member,
      wording,
      epoch,
      prompt,
      parameters: sent,
    };
  });
}

/** Returns the messages that a model is shown first. */
export function promptOf(scenario: Scenario, { condition, wording }: PlannedSample): readonly Message[] {
  return renderPrompt(scenario, condition, wording).messages;
}

/** Returns what is to be asked for a sample: its next turn, by what the store holds of it. */
export function sampleTask(
  planned: PlannedSample,
  { scenario, isInterview }: SampleSettings,
  store: Pick<Store<TurnLine>, "every">,
): Task<TurnLine> & { readonly head: { readonly key: string } } {
  const { key, id } = planned;
  return {
    head: { key, id },
    ask: () => {
      const script = scriptOf(scenario, planned.wording, isInterview);
      return requestOf(planned, script, promptOf(scenario, planned), store.every(key));
    },
  };
}

function requestOf(
  { model, parameters }: PlannedSample,
  script: Script,
  prompt: readonly Message[],
  lines: readonly TurnLine[],
): Request<TurnLine> {
  const progress = progressOf(script, lines);
  const { act, interview, question, turns, isActOver } = progress;
  const asked = question === undefined ? [] : [{ role: "user" as const, content: question }];
  const { simulation, questions } = script;
  const tools = simulation === undefined ? {} : {
    tools: toTools(simulation),
    ...isActOver ? { tool_choice: "none" as const } : {},
  };
  const body = { ...parameters, model, messages: toChat([...prompt, ...act, ...interview, ...asked]), ...tools };
  return {
    body,
    ...sizeOf(body, parameters),
    ...simulation === undefined && questions.length === 0 ? {} : { turn: turns + 1 },
    read: (completion) => readTurn(completion, script, progress, new Date().toISOString()),
  };
}
