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
import type { ReaderData } from "./data.ts";
import { showCounts } from "./counts_view.ts";
import { hitsOf, wanted } from "./filter.ts";
import { showFilters } from "./filters_form.ts";
import { listenToKeys } from "./keys.ts";
import { labelsOf } from "./labels_view.ts";
import { citation, copyText, linked, linkTo } from "./links.ts";
import { scrollToOpen, showList } from "./list.ts";
import { showPair } from "./pair_view.ts";
import { firstCompared } from "./pairs.ts";
import { scrollToPlace, showSample } from "./sample_view.ts";
import { situationView, standardsOf } from "./standards_view.ts";
import type { Actions, Reader } from "./state.ts";

/** Shows the page and obeys its controls. */
export function readerPage(data: ReaderData): void {
  const reader = startOf(data);
  const numbers = new Map(data.samples.map(({ key }, index) => [key, index]));
  const actions: Actions = { open, ask, show, say };
  let hits: Uint8Array | undefined;
  let hash = "#";
  let remembering: ReturnType<typeof setTimeout> | undefined;

  function say(message: string): void {
    place("message").textContent = message;
  }

  /** Puts what is open into the address, so that it can be handed on; not at every step of a key that is held. */
  function remember(at?: string): void {
    hash = reader.view === "sample" ? linkTo(data.samples[reader.sample].key, at) : "#";
    clearTimeout(remembering);
    remembering = setTimeout(() => {
      if (location.hash !== hash && !(hash === "#" && location.hash === "")) history.replaceState(null, "", hash);
    }, 250);
  }

  function show(view: Reader["view"]): void {
    const focused = focusedControl();
    reader.view = view === "sample" && reader.sample === -1 ? "counts" : view;
    document.body.dataset.view = reader.view;
    for (const name of ["counts", "pair"]) {
      place(`to-${name}`).setAttribute("aria-pressed", String(name === reader.view));
    }
    if (reader.view === "counts") showCounts(reader, actions, hits);
    else if (reader.view === "pair") showPair(reader, actions);
    else showSample(reader);
    showAside();
    showList(reader, actions);
    remember();
    focusAgain(focused);
  }

  function showAside(): void {
    const sample = reader.view === "sample" ? data.samples[reader.sample] : undefined;
    place("labels").replaceChildren(...sample === undefined ? [] : labelsOf(data, sample));
    place("standards").replaceChildren(...sample === undefined ? [] : standardsOf(data, reader.asked, sample));
    place("situation").replaceChildren(...sample === undefined ? [] : situationView(data, sample));
    place("source").replaceChildren(
      ...sample === undefined ? [] : [
        element("p", { text: `${data.datasets[sample.dataset].name}: ${sample.source}` }),
        element("p", { text: `transcript sha256 ${sample.hash}…` }),
      ],
    );
  }

  function open(sample: number, at?: string): void {
    reader.sample = sample;
    show("sample");
    scrollToOpen(reader);
    showList(reader, actions);
    if (at === undefined) return;
    if (!scrollToPlace(at)) say(`This sample has no ${at.startsWith("m") ? "message" : "quote"} ${at.slice(1)}.`);
    remember(at);
  }

  function ask(): void {
    hits = hitsOf(smallTexts(reader), reader.asked.text);
    reader.list = wanted(data, reader.asked, hits);
    showFilters(reader, actions);
    place("scroller").scrollTop = 0;
    scrollToOpen(reader);
    show(reader.view);
    say("");
  }

  function openLinked(): void {
    const link = linked(location.hash);
    if (link === undefined) return;
    const sample = numbers.get(link.key);
    if (sample === undefined) say(`This page has no sample ${link.key}.`);
    else open(sample, link.at);
  }

  async function cite(): Promise<void> {
    if (reader.view !== "sample") return say("Open a sample first.");
    const here = getSelection()?.anchorNode?.parentElement?.closest<HTMLElement>("[data-message]") ??
      place("main").querySelector<HTMLElement>(".here")?.closest<HTMLElement>("[data-message]");
    const message = here ? Number(here.dataset.message) - 1 : undefined;
    const quote = place("main").querySelector<HTMLElement>("mark.here");
    const words = String(getSelection() ?? "").trim() || (quote?.textContent ?? "");
    const text = citation(data, data.samples[reader.sample], words, message);
    say(await copyText(text) ? `Copied: ${text}` : text);
  }

  async function copyLink(): Promise<void> {
    if (reader.view !== "sample") return say("Open a sample first.");
    const address = location.href.replace(/#.*$/s, "") + hash;
    say(await copyText(address) ? `Copied: ${address}` : address);
  }

  const search = place("search") as HTMLInputElement;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      reader.asked.text = search.value;
      ask();
    }, 60);
  });
  place("scroller").addEventListener("scroll", () => showList(reader, actions));
  addEventListener("resize", () => showList(reader, actions));
  addEventListener("hashchange", openLinked);
  listenToKeys(reader, actions, { cite, copyLink });
  ask();
  openLinked();
  prepareSearch(reader);
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
