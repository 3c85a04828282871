/**
 * Two samples of the same model and wording side by side: their prompts as a diff, their answers in full. It runs in the
 * browser, as text.
 *
 * @module
 */
import { element, place } from "../../element.ts";
import { foldAll } from "../../transcript.ts";
import type { ReaderData, ReaderSample } from "../client/data.ts";
import { type Change, changesOf } from "../client/diff.ts";
import { choice } from "./filters.ts";
import { labelsOf } from "./labels.ts";
import { linkTo } from "../client/links.ts";
import { type Compared, type Pairs, pairsOf } from "../client/pairs.ts";
import { findingFor, sayFinding } from "../client/question.ts";
import { quotesOf } from "../client/quotes.ts";
import { transcriptOf } from "./sample.ts";
import type { Actions, Reader } from "../client/state.ts";

/** The pairs of what is compared of which one at least is in the list. */
export function wantedPairs({ data, list, compared }: Reader): Pairs {
  if (compared === undefined) return { pairs: [], alone: 0 };
  const isListed = new Set(list);
  const { pairs, alone } = pairsOf(data, compared);
  return { pairs: pairs.filter(({ first, second }) => isListed.has(first) || isListed.has(second)), alone };
}

/** Goes to the pair of the sample that is open, where it has one. */
export function toPairOf(reader: Reader): void {
  const { sample } = reader;
  const at = wantedPairs(reader).pairs.findIndex(({ first, second }) => first === sample || second === sample);
  if (at !== -1) reader.pair = at;
}

/** Shows the pair that is open. */
export function showPair(reader: Reader, actions: Actions): void {
  const { data, compared } = reader;
  if (compared === undefined) {
    const text =
      "No two samples here are alike in model, scenario and all factors but one: there is nothing to put side by side.";
    place("main").replaceChildren(element("p", { class: "none", text }));
    return;
  }
  const { pairs, alone } = wantedPairs(reader);
  reader.pair = Math.max(0, Math.min(reader.pair, pairs.length - 1));
  const pair = pairs[reader.pair];
  const unpaired = alone === 0 ? "" : `; ${alone} samples have no partner`;
  const listed = "alike in model, scenario and every other factor, in the order they were read";
  place("main").replaceChildren(
    element("div", { class: "controls" }, controls(reader, compared, actions)),
    element("p", {
      text: pairs.length === 0
        ? `No pair of these levels has a sample in the list${unpaired}.`
        : `Pair ${reader.pair + 1} of ${pairs.length}, ${listed}${unpaired}.`,
    }),
    ...pair === undefined ? [] : [columns(reader, data.samples[pair.first], data.samples[pair.second])],
  );
  place("main").scrollTop = 0;
}

/** What is compared, to be chosen. */
export function controls(reader: Reader, compared: Compared, actions: Actions): HTMLElement[] {
  const { data } = reader;
  const set = (values: Partial<Compared>) => {
    reader.compared = { ...compared, ...values };
    reader.pair = 0;
    actions.show("pair");
  };
  const factors = data.factors.map(({ name }, at) => [String(at), name] as const)
    .filter((_, at) => data.factors[at].isCondition && data.factors[at].levels.length > 1);
  const levels = data.factors[compared.factor].levels.map((level, at) => [String(at), level] as const);
  const step = (turn: number) => () => {
    reader.pair += turn;
    actions.show("pair");
  };
  return [
    choice(
      "Side by side",
      factors,
      String(compared.factor),
      (value) => set({ factor: Number(value), first: 0, second: 1 }),
    ),
    choice("left", levels, String(compared.first), (value) => set({ first: Number(value) })),
    choice("right", levels, String(compared.second), (value) => set({ second: Number(value) })),
    element("button", { text: "pair before", click: step(-1) }),
    element("button", { text: "next pair", click: step(1) }),
    element("button", { text: "fold", click: () => foldAll(place("main")) }),
  ];
}

/** Head, prompt and answer of both, row by row. */
export function columns(reader: Reader, first: ReaderSample, second: ReaderSample): HTMLElement {
  const { data, asked, compared } = reader;
  const changes = changesOf(promptOf(data, first), promptOf(data, second));
  const head = (sample: ReaderSample) => {
    const answer = sayFinding(findingFor(data, asked, sample));
    return element("div", { class: "head" }, [
      element("h2", { text: data.factors[compared!.factor].levels[sample.levels[compared!.factor]] }),
      element("a", { text: sample.id, with: { href: linkTo(sample.key) } }),
      element("span", { class: `answer is-${answer.replaceAll(/\W/g, "-")}`, text: answer }),
      element("details", {}, [element("summary", { text: "labels" }), ...labelsOf(data, sample)]),
    ]);
  };
  const answer = (sample: ReaderSample) =>
    element("div", {}, transcriptOf(data, sample, quotesOf(data, sample), asked.text, answerStart(sample)));
  return element("div", { class: "columns" }, [
    head(first),
    head(second),
    promptView(changes, "gone"),
    promptView(changes, "new"),
    answer(first),
    answer(second),
  ]);
}

/** Number of the first part that the model wrote. */
export function answerStart({ parts }: ReaderSample): number {
  const at = parts.findIndex(({ kind }) => kind === "assistant" || kind === "reasoning" || kind === "calls");
  return at === -1 ? parts.length : at;
}

/** What the model was given before it first wrote. */
export function promptOf(data: ReaderData, sample: ReaderSample): string {
  return sample.parts.slice(0, answerStart(sample)).map(({ kind, text }) => `${kind}:\n${data.texts[text]}\n`).join(
    "\n",
  );
}

/** One side of the diff; long stretches that are the same are folded. */
export function promptView(changes: readonly Change[], side: "gone" | "new"): HTMLElement {
  const ends = 300; // so many letters beside a change stay open
  const shown = changes.filter(({ kind }) => kind === "same" || kind === side).flatMap(({ kind, text }) => {
    if (kind !== "same") return [element(side === "gone" ? "del" : "ins", { text })];
    if (text.length <= 3 * ends) return [new Text(text)];
    const middle = text.slice(ends, -ends);
    return [
      new Text(text.slice(0, ends)),
      element("details", {}, [
        element("summary", { text: `${middle.length} letters alike` }),
        element("span", { text: middle }),
      ]),
      new Text(text.slice(-ends)),
    ];
  });
  const isAlike = changes.every(({ kind }) => kind === "same");
  return element("article", { class: "part prompt" }, [
    element("h3", { text: isAlike ? "prompt, the same on both sides" : "prompt" }),
    element("div", { class: "text" }, shown),
  ]);
}
