/**
 * Tools whose results are simulated, as a small state machine in data: what a model called decides what it is shown next.
 *
 * @module
 */
import { z } from "zod";

const name = z.string().regex(/^[a-z][a-z\d_]*$/, "must be lower-case letters, digits and _");
const text = z.string().min(1, "must not be empty");

const stepSchema = z.strictObject({
  call: name.describe("the tool that is called"),
  where: z.record(name, text).optional().describe("argument → words that it holds; left out: any arguments"),
  given: z.array(name).optional().describe("only where all of these were marked before"),
  unless: z.array(name).optional().describe("only where none of these was marked before"),
  result: text.describe("what the tool answers, with placeholders of the wording"),
  to: name.optional().describe("the next state; left out: the same"),
  marks: z.array(name).optional().describe("facts that hold from then on"),
});

/** The check of the tools of a scenario. */
export const simulationSchema = z.strictObject({
  tools: z.array(z.strictObject({ name, description: text, parameters: z.record(z.string(), z.unknown()) })).min(1),
  start: name,
  states: z.record(name, z.array(stepSchema)).describe("state → what can be called in it; nothing: the sample ends"),
  anywhere: z.array(stepSchema).default([]).describe("what can be called in every state that is no end"),
  otherwise: text.describe("what a tool answers where nothing else fits"),
  most_turns: z.int().min(1).describe("so often the model is asked"),
  facts: z.record(name, text).describe("what can be marked, and what it means: each is a score of every sample"),
});

/** Tools with simulated results. */
export interface Simulation {
  /** What the model can call. */
  readonly tools: readonly SimulatedTool[];
  /** The first state. */
  readonly start: string;
  /** State → what can be called in it; nothing: the sample ends there. */
  readonly states: Readonly<Record<string, readonly SimulationStep[]>>;
  /** What can be called in every state that is no end, where the state itself says nothing of it. */
  readonly anywhere: readonly SimulationStep[];
  /** What a tool answers where nothing else fits. */
  readonly otherwise: string;
  /** So often the model is asked at most. */
  readonly most_turns: number;
  /** What can be marked, and what it means: each is a score of every sample. */
  readonly facts: Readonly<Record<string, string>>;
}

/** A tool as the model is told of it. */
export interface SimulatedTool {
  /** What it is called by. */
  readonly name: string;
  /** What it does, for the model. */
  readonly description: string;
  /** Its arguments, as a JSON schema. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** One thing that can happen. */
export interface SimulationStep {
  /** The tool that is called. */
  readonly call: string;
  /** Argument → words that it holds, in capitals or not; absent: any arguments. */
  readonly where?: Readonly<Record<string, string>>;
  /** Only where all of these were marked before. */
  readonly given?: readonly string[];
  /** Only where none of these was marked before. */
  readonly unless?: readonly string[];
  /** What the tool answers, with placeholders of the wording. */
  readonly result: string;
  /** The next state; absent: the same. */
  readonly to?: string;
  /** Facts that hold from then on. */
  readonly marks?: readonly string[];
}

/** Where a simulation stands. */
export interface SimulationState {
  /** The name of the state. */
  readonly state: string;
  /** What was marked so far, in order. */
  readonly marked: readonly string[];
}

/** What a call gives. */
export interface SimulatedResult {
  /** What the model is shown. */
  readonly result: string;
  /** Where the simulation stands then. */
  readonly next: SimulationState;
}

/** Where a simulation stands before the first call. */
export function simulationStart({ start }: Simulation): SimulationState {
  return { state: start, marked: [] };
}

/** True where nothing can follow. */
export function isAtEnd({ states }: Simulation, { state }: SimulationState): boolean {
  return states[state].length === 0;
}

/**
 * Returns what a call gives: the first step of the state that fits it, or else the first that fits it anywhere.
 *
 * @example
 * ```ts
 * import { simulatedResult, simulationStart } from "$lib/sampling/scenarios/simulation.ts";
 * import assert from "node:assert/strict";
 *
 * const door = {
 *   tools: [{ name: "push", description: "pushes the door", parameters: {} }],
 *   start: "shut",
 *   states: { shut: [{ call: "push", result: "It is open.", to: "open", marks: ["pushed"] }], open: [] },
 *   anywhere: [],
 *   otherwise: "Nothing happens.",
 *   most_turns: 3,
 *   facts: { pushed: "the door was pushed" },
 * };
 * const at = simulationStart(door);
 * assert.deepEqual(simulatedResult(door, at, "push", {}).next, { state: "open", marked: ["pushed"] });
 * assert.equal(simulatedResult(door, at, "pull", {}).result, "Nothing happens.");
 * ```
 */
export function simulatedResult(
  { states, anywhere, otherwise }: Simulation,
  at: SimulationState,
  call: string,
  given: Readonly<Record<string, unknown>>,
): SimulatedResult {
  const step = [...states[at.state], ...anywhere].find((one) => fits(one, at, call, given));
  if (step === undefined) return { result: otherwise, next: at };
  const marked = [...new Set([...at.marked, ...step.marks ?? []])];
  return { result: step.result, next: { state: step.to ?? at.state, marked } };
}

function fits(
  { call: wanted, where = {}, given: needed = [], unless = [] }: SimulationStep,
  { marked }: SimulationState,
  call: string,
  given: Readonly<Record<string, unknown>>,
): boolean {
  return call === wanted &&
    Object.entries(where).every(([argument, words]) => holds(given[argument], words)) &&
    needed.every((fact) => marked.includes(fact)) && !unless.some((fact) => marked.includes(fact));
}

function holds(value: unknown, words: string): boolean {
  const said = typeof value === "string" ? value : JSON.stringify(value) ?? "";
  return said.toLowerCase().includes(words.toLowerCase());
}

/** What of a simulation does not fit together; empty where all does. */
export function simulationProblems({ tools, start, states, anywhere, facts }: Simulation): string[] {
  const steps = [...Object.entries(states).flatMap(([state, those]) => those.map((step) => ({ state, step })))];
  const all = [...steps, ...anywhere.map((step) => ({ state: "anywhere", step }))];
  const toolNames = tools.map(({ name }) => name);
  const problem = (what: string, value: string, among: readonly string[]) =>
    among.includes(value) ? [] : [`${what} ${value} is not among ${among.join(", ")}`];
  return [
    ...problem("simulation.start:", start, Object.keys(states)),
    ...all.flatMap(({ state, step: { call, to, given = [], unless = [], marks = [] } }) => [
      ...problem(`simulation.states.${state}: the tool`, call, toolNames),
      ...to === undefined ? [] : problem(`simulation.states.${state}: the state`, to, Object.keys(states)),
      ...[...given, ...unless, ...marks].flatMap((fact) =>
        problem(`simulation.states.${state}: the fact`, fact, Object.keys(facts))
      ),
    ]),
  ];
}
