/**
 * The reader at work: it runs in the browser only, as text, and may use nothing but the browser and the other functions
 * of the page.
 *
 * Transcripts reach the page as data and go into it as text. Nothing here takes markup, and the page's own policy
 * forbids every script but this one, and every request.
 *
 * @module
 */
import { element, focusAgain, focusedControl, place } from "../../element.ts";
import type { ReaderData } from "../client/data.ts";
import { hitsOf, wanted } from "../client/filter.ts";
import { firstCompared } from "../client/pairs.ts";
import type { Actions, Reader } from "../client/state.ts";
import { listenToLinks, openLinked, remember } from "./address.ts";
import { showCounts } from "./counts.ts";
import { showFilters } from "./filters.ts";
import { listenToKeys } from "./keys.ts";
import { labelsOf } from "./labels.ts";
import { scrollToOpen, showList } from "./list.ts";
import { showPair } from "./pair.ts";
import { scrollToPlace, showSample } from "./sample.ts";
import { situationView, standardsOf } from "./standards.ts";

/** Shows the page and obeys its controls. */
export function readerPage(data: ReaderData): void {
  const reader = startOf(data);
  const actions: Actions = {
    say: (message) => place("message").textContent = message,
    show: (view) => showView(reader, actions, view),
    ask: () => askAgain(reader, actions),
    open: (sample, at) => openSample(reader, actions, sample, at),
  };
  place("scroller").addEventListener("scroll", () => showList(reader, actions));
  addEventListener("resize", () => showList(reader, actions));
  listenToSearch(reader, actions);
  listenToLinks(reader, actions);
  listenToKeys(reader, actions);
  actions.ask();
  openLinked(reader, actions, location.hash);
  prepareSearch(reader);
}

/** Shows the counts, the sample or the pair that is open, and the list beside it. */
export function showView(reader: Reader, actions: Actions, view: Reader["view"]): void {
  const focused = focusedControl();
  reader.view = view === "sample" && reader.sample === -1 ? "counts" : view;
  document.body.dataset.view = reader.view;
  for (const name of ["counts", "pair"]) place(`to-${name}`).setAttribute("aria-pressed", String(name === reader.view));
  if (reader.view === "counts") showCounts(reader, actions);
  else if (reader.view === "pair") showPair(reader, actions);
  else showSample(reader);
  showAside(reader);
  showList(reader, actions);
  remember(reader);
  focusAgain(focused);
}

/** Shows what was said of the sample that is open. */
export function showAside({ data, asked, view, sample }: Reader): void {
  if (view !== "sample") return; // it is not in view
  const one = data.samples[sample];
  place("labels").replaceChildren(...labelsOf(data, one));
  place("standards").replaceChildren(...standardsOf(data, asked, one));
  place("situation").replaceChildren(...situationView(data, one));
  place("source").replaceChildren(
    element("p", { text: `${data.datasets[one.dataset].name}: ${one.source}` }),
    element("p", { text: `transcript sha256 ${one.hash}…` }),
  );
}

/** Opens a sample; one that is open stays as it is, so that what is folded stays folded. */
export function openSample(reader: Reader, actions: Actions, sample: number, at?: string): void {
  if (reader.view !== "sample" || reader.sample !== sample) {
    reader.sample = sample;
    actions.show("sample");
    scrollToOpen(reader);
    showList(reader, actions);
  }
  if (at !== undefined && !scrollToPlace(at)) {
    actions.say(`This sample has no ${at.startsWith("m") ? "message" : "quote"} ${at.slice(1)}.`);
  }
  remember(reader, at);
}

/** Chooses samples anew, as the question or the choice has changed. */
export function askAgain(reader: Reader, actions: Actions): void {
  const { data, asked } = reader;
  reader.hits = hitsOf(smallTexts(reader), asked.text);
  reader.list = wanted(data, asked, reader.hits);
  showFilters(reader, actions);
  place("scroller").scrollTop = 0;
  scrollToOpen(reader);
  actions.show(reader.view);
  actions.say("");
}

/** Searches while words are typed, a moment after each letter. */
export function listenToSearch(reader: Reader, actions: Actions): void {
  const search = place("search") as HTMLInputElement;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      reader.asked.text = search.value;
      actions.ask();
    }, 60);
  });
}

/** What is asked first: the outcome under the first standard, counted by goal conflict or else the first factor with two levels. */
export function startOf(data: ReaderData): Reader {
  const telling = data.factors.flatMap(({ isCondition, levels }, at) => isCondition && levels.length > 1 ? [at] : []);
  const by = telling.find((at) => data.factors[at].name === "goal_conflict") ?? telling[0] ?? -1;
  return {
    data,
    asked: {
      score: data.labelers.length === 0 && data.scores.length > 0 ? 0 : -1,
      standard: 0,
      labeler: data.labelers.length === 0 ? "" : data.labelers[0],
      answer: "",
      least: undefined,
      most: undefined,
      isDisputed: false,
      levels: new Map(),
      text: "",
      sort: "",
      isDown: false,
    },
    hits: undefined,
    hash: "#",
    small: new Array(data.texts.length).fill(undefined),
    list: [],
    view: "counts",
    sample: -1,
    compared: firstCompared(data),
    pair: 0,
    by: [by, -1],
  };
}

/** The texts in small letters; those that are not made yet are made now, but only where words are searched for. */
export function smallTexts({ data, small, asked }: Reader): string[] {
  if (asked.text.trim() === "") return [];
  for (let at = 0; at < small.length; at++) small[at] ??= data.texts[at].toLowerCase();
  return small as string[];
}

/** Makes the texts in small letters while nothing else is to be done. */
export function prepareSearch({ data, small }: Reader): void {
  let at = 0;
  const work = () => {
    const end = performance.now() + 8;
    for (; at < small.length && performance.now() < end; at++) small[at] ??= data.texts[at].toLowerCase();
    if (at < small.length) setTimeout(work, 4);
  };
  setTimeout(work, 200);
}
