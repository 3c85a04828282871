/**
 * The page's address, which says what is open, and what can be copied of it. It runs in the browser, as text.
 *
 * @module
 */
import { place } from "../../element.ts";
import { chosenBy } from "../client/chosen.ts";
import { citation, copyText, linked, linkTo } from "../client/links.ts";
import type { Actions, Reader } from "../client/state.ts";

/** Puts what is open into the address, so that it can be handed on; once a held key has come to rest. */
export function remember(reader: Reader, at?: string): void {
  const { data, view, sample } = reader;
  const hash = view === "sample" ? linkTo(data.samples[sample].key, at) : "#";
  reader.hash = hash;
  setTimeout(() => {
    const isAsIs = location.hash === hash || (hash === "#" && location.hash === "");
    if (reader.hash === hash && !isAsIs) history.replaceState(null, "", hash);
  }, 250);
}

/** Opens what the address names. */
export function openLinked(reader: Reader, actions: Actions, hash: string): void {
  const { data, asked } = reader;
  const chosen = chosenBy(data, hash);
  if (chosen !== undefined) {
    if ("unknown" in chosen) return actions.say(`This page has no ${chosen.unknown}.`);
    Object.assign(asked, { text: "", isDisputed: false, least: undefined, most: undefined, ...chosen });
    reader.view = "counts";
    return actions.ask();
  }
  const link = linked(hash);
  if (link === undefined) return;
  const sample = data.samples.findIndex(({ key }) => key === link.key);
  if (sample === -1) actions.say(`This page has no sample ${link.key}.`);
  else actions.open(sample, link.at);
}

/** Follows links within the page, also the one that the address names already, and the steps back. */
export function listenToLinks(reader: Reader, actions: Actions): void {
  addEventListener("hashchange", ({ newURL }) => openLinked(reader, actions, new URL(newURL).hash));
  document.addEventListener("click", (event) => {
    const href = (event.target as HTMLElement).closest("a")?.getAttribute("href");
    if (!href?.startsWith("#") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", href);
    openLinked(reader, actions, href);
  });
}

/** Copies the words that are selected, or the quote that is shown, with where they stand. */
export async function cite({ data, view, sample }: Reader, actions: Actions): Promise<void> {
  if (view !== "sample") return actions.say("Open a sample first.");
  const main = place("main");
  const selected = String(getSelection() ?? "").trim();
  const anchor = selected === "" ? null : getSelection()!.anchorNode;
  const here = anchor?.parentElement ?? main.querySelector(".here");
  const message = here?.closest<HTMLElement>("[data-message]")?.dataset.message;
  const words = selected || (main.querySelector("mark.here")?.textContent ?? "");
  const text = citation(data, data.samples[sample], words, message === undefined ? undefined : Number(message) - 1);
  actions.say(await copyText(text) ? `Copied: ${text}` : text);
}

/** Copies the link to what is open. */
export async function copyLink({ view, hash }: Reader, actions: Actions): Promise<void> {
  if (view !== "sample") return actions.say("Open a sample first.");
  const address = location.href.replace(/#.*$/s, "") + hash;
  actions.say(await copyText(address) ? `Copied: ${address}` : address);
}
