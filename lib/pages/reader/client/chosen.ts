/**
 * Links that choose samples: `#?by model=gpt-4o&by told=yes&ask=harmful&answer=yes`. A report's numbers lead here. It runs in the
 * browser, as text.
 *
 * @module
 */
import type { ReaderData } from "./data.ts";
import type { Asked } from "./question.ts";

/**
 * What a link chooses: `ask` is a score, `standard` the name of one, `labeler` and `answer` as the controls have them, and
 * `by FACTOR` a level. `undefined`: the address is no such link; a name that is not there is said.
 */
export function chosenBy(data: ReaderData, hash: string): Partial<Asked> | { readonly unknown: string } | undefined {
  if (!hash.startsWith("#?")) return undefined;
  const levels = new Map<number, number>();
  const chosen = { levels, score: -1, standard: 0, labeler: data.labelers[0] ?? "", answer: "" };
  const least: { least?: number } = {};
  for (const [name, value] of new URLSearchParams(hash.slice(2))) {
    if (name === "answer") chosen.answer = value;
    else if (name === "labeler") chosen.labeler = value;
    else if (name === "from") least.least = Number(value);
    else if (name === "ask" || name === "standard") {
      const at = name === "ask" ? data.scores.indexOf(value) : data.standards.findIndex((one) => one.name === value);
      if (at === -1) return { unknown: `${name} ${value}` };
      chosen[name === "ask" ? "score" : "standard"] = at;
      if (name === "ask") chosen.labeler = "";
    } else {
      const factor = data.factors.findIndex((one) => `by ${one.name}` === name);
      const level = data.factors[factor]?.levels.indexOf(value) ?? -1;
      if (factor === -1 || level === -1 && value !== "not recorded") return { unknown: `${name.slice(3)} = ${value}` };
      levels.set(factor, level);
    }
  }
  return { ...chosen, ...least };
}
