/**
 * A prompt of a scenario: one condition in one wording, with each stretch of it marked by the factor that put it there.
 *
 * @module
 */
import type { Condition, Message } from "../../samples/sample.ts";
import { filled, piecesOf } from "./placeholders.ts";
import type { Scenario, Wording } from "./scenario.ts";

/** The messages that a model is shown first. */
export interface Prompt {
  /** As they are sent. */
  readonly messages: readonly Message[];
  /** The same in stretches, message by message. */
  readonly parts: readonly (readonly PromptPart[])[];
}

/** A stretch of a message. */
export interface PromptPart {
  /** As it is sent. */
  readonly text: string;
  /** The factor whose level it says; absent: every condition has it. */
  readonly factor?: string;
}

/**
 * Returns the prompt of a condition in a wording. A paragraph that is nothing but a placeholder goes with it where nothing
 * fills that.
 *
 * @throws {RangeError} if the condition does not name a level of each factor
 *
 * @example
 * ```ts
 * import { loadScenario } from "$lib/sampling/scenarios/load_scenario.ts";
 * import { renderPrompt } from "$lib/sampling/scenarios/render.ts";
 * import assert from "node:assert/strict";
 *
 * const letters = await loadScenario("letters");
 * const { parts } = renderPrompt(letters, { letter: "plea", objection: "aside" }, letters.wordings[0]);
 * assert(parts.flat().some(({ factor }) => factor === "objection"));
 * ```
 */
export function renderPrompt(scenario: Scenario, condition: Condition, { texts }: Wording): Prompt {
  const owned = new Map<string, { readonly factor: string; readonly text: string }>();
  for (const [factor, { levels }] of Object.entries(scenario.factors)) {
    const level = levels[condition[factor]];
    if (level === undefined) {
      throw new RangeError(
        `Cannot make a prompt of ${scenario.name} as ${factor} must be one of ${Object.keys(levels).join(", ")}: ` +
          `it is ${condition[factor]}`,
      );
    }
    for (const [name, text] of Object.entries(level.fragments)) owned.set(name, { factor, text: filled(text, texts) });
  }
  const parts = scenario.messages.map(({ text }) => partsOf(text, owned, texts));
  return {
    messages: scenario.messages.map(({ role }, index) => ({
      role,
      content: parts[index].map(({ text }) => text).join(""),
    })),
    parts,
  };
}

const GAP = "\n\n";

function partsOf(
  template: string,
  owned: ReadonlyMap<string, { readonly factor: string; readonly text: string }>,
  texts: Readonly<Record<string, string>>,
): PromptPart[] {
  const parts: PromptPart[] = [];
  let isBegun = false; // the gap beside a paragraph that a factor fills belongs to that factor
  for (const paragraph of template.split(/\n{2,}/)) {
    const pieces = piecesOf(paragraph);
    const [only] = pieces;
    const filler = pieces.length === 1 && "name" in only ? owned.get(only.name) : undefined;
    if (filler !== undefined) {
      if (filler.text === "") continue;
      parts.push({ factor: filler.factor, text: isBegun ? GAP + filler.text : filler.text + GAP });
      continue;
    }
    const said = pieces.map((piece): PromptPart => {
      if ("text" in piece) return piece;
      return owned.get(piece.name) ?? { text: texts[piece.name] };
    });
    parts.push(
      ...isBegun ? [{ text: GAP }] : [],
      ...said.map(({ text, factor }) => factor ? { text, factor } : { text }),
    );
    isBegun = true;
  }
  return merged(parts);
}

/** Neighbours that are marked alike are one; what is empty is none. */
function merged(parts: readonly PromptPart[]): PromptPart[] {
  const one: { text: string; factor?: string }[] = [];
  for (const part of parts) {
    const last = one.at(-1);
    if (part.text === "") continue;
    if (last !== undefined && last.factor === part.factor) last.text += part.text;
    else one.push({ ...part });
  }
  return one;
}
