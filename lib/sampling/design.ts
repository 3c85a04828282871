/**
 * What an experiment comes to before the first call: how many samples, how many tokens, and what they cost.
 *
 * @module
 */
import { costOf, type Prices } from "../asking/cost.ts";
import { mostOutput, sizeOf } from "../asking/parameters.ts";
import type { Usage } from "../asking/task.ts";
import type { Condition } from "../samples/sample.ts";
import { scriptOf, toTools } from "./conversation.ts";
import { renderPrompt } from "./scenarios/render.ts";
import type { SampleSettings } from "./sample_task.ts";

/** An experiment before it is run. */
export interface Design {
  /** The conditions. */
  readonly cells: readonly Condition[];
  /** How many wordings there are. */
  readonly wordings: number;
  /** Conditions × wordings × models × epochs. */
  readonly samples: number;
  /** The most that can be asked for each sample. */
  readonly turns: number;
  /** About so many tokens of prompts, four bytes each, where every sample is one turn. */
  readonly tokensIn: number;
  /** The most tokens that replies may have; absent where the parameters do not say. */
  readonly most?: Usage;
}

/** Returns the design of settings. Input of later turns is not known before: the most counts each as long as allowed. */
export function designOf(settings: SampleSettings): Design {
  const { scenario, cells, models, epochs, parameters, isInterview } = settings;
  const runs = models.length * epochs;
  const script = scriptOf(scenario, scenario.wordings[0], isInterview);
  const turns = (script.simulation?.most_turns ?? 1) + script.questions.length;
  const tools = script.simulation === undefined ? [] : toTools(script.simulation);
  const output = mostOutput(parameters);
  let bytes = 0;
  for (const wording of scenario.wordings) {
    for (const cell of cells) {
      const { messages } = renderPrompt(scenario, cell, wording);
      bytes += sizeOf({ ...parameters, messages, tools }, {}).most.input * runs;
    }
  }
  const samples = cells.length * scenario.wordings.length * runs;
  const later = output === undefined ? 0 : samples * output * 4 * (turns * (turns - 1) / 2);
  return {
    cells,
    wordings: scenario.wordings.length,
    samples,
    turns,
    tokensIn: Math.ceil(bytes / 4),
    ...output === undefined ? {} : {
      most: { input: Math.ceil((bytes * turns + later) / 4), output: samples * turns * output },
    },
  };
}

/** US dollars for a design: about the prompts alone, and the most where every reply is as long as it may be. */
export function designCost(
  { tokensIn, most }: Design,
  prices: Prices,
): { readonly prompts: number; readonly most?: number } {
  const prompts = costOf({ input: tokensIn, output: 0 }, prices);
  return most === undefined ? { prompts } : { prompts, most: costOf(most, prices) };
}
