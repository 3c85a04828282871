/**
 * The reader: one page, from disk and offline, with the transcripts behind a number, what was said of them, and why.
 *
 * @module
 */
import * as elements from "../element.ts";
import * as emails from "../emails.ts";
import { htmlPage } from "../html_page.ts";
import { keyList } from "../key_list.ts";
import * as markedText from "../marked_text.ts";
import * as transcript from "../transcript.ts";
import * as address from "./views/address.ts";
import * as chosen from "./client/chosen.ts";
import * as countsView from "./views/counts.ts";
import * as diff from "./client/diff.ts";
import * as filter from "./client/filter.ts";
import * as filtersForm from "./views/filters.ts";
import * as keys from "./views/keys.ts";
import * as labelsView from "./views/labels.ts";
import * as links from "./client/links.ts";
import * as list from "./views/list.ts";
import * as pairView from "./views/pair.ts";
import * as pairs from "./client/pairs.ts";
import * as question from "./client/question.ts";
import * as quotes from "./client/quotes.ts";
import * as reader from "./views/reader.ts";
import * as sampleView from "./views/sample.ts";
import * as standardsView from "./views/standards.ts";
import { readerData, type ReaderSource } from "./reader_data.ts";
import { READER_STYLE } from "./style.ts";

/**
 * Writes the reader of some samples. The same samples give the same bytes.
 *
 * @throws {RangeError} if two situations fit a sample equally well
 *
 * @example
 * ```ts
 * import { chooseSamples, loadPolicies, loadSituations, writeReader } from "$lib/mod.ts";
 * import assert from "node:assert/strict";
 *
 * const { datasets, samples } = await chooseSamples(["data/opus4-variants"], { where: { threat: ["replacement"] } });
 * const [policies, situations] = [await loadPolicies(), await loadSituations()];
 * const page = writeReader({ title: "Opus 4", about: ["40 samples."], datasets, samples, policies, situations });
 * assert(page.startsWith("<!DOCTYPE html>") && page.includes("<title>Reader: Opus 4</title>"));
 * ```
 */
export function writeReader(source: ReaderSource): string {
  return htmlPage({
    title: `Reader: ${source.title}`,
    style: READER_STYLE,
    body: BODY,
    data: readerData(source),
    modules: [
      elements,
      emails,
      markedText,
      transcript,
      question,
      filter,
      pairs,
      diff,
      quotes,
      links,
      chosen,
      list,
      filtersForm,
      countsView,
      sampleView,
      labelsView,
      standardsView,
      pairView,
      address,
      keys,
      reader,
    ],
    start: "readerPage",
  });
}

const BODY = `<header>
<h1>Reader</h1>
<button type="button" id="to-counts" aria-pressed="true">counts <kbd>o</kbd></button>
<button type="button" id="to-pair" aria-pressed="false">side by side <kbd>v</kbd></button>
<button type="button" id="cite">cite <kbd>c</kbd></button>
<button type="button" id="link">link <kbd>l</kbd></button>
<button type="button" id="keys">keys <kbd>?</kbd></button>
<span id="message" role="status"></span>
</header>
<nav id="left" aria-label="samples">
<div id="filters">
<input id="search" type="search" aria-label="search in transcripts" placeholder="search in transcripts  /">
<div id="question"></div>
<details open><summary>Only</summary><div id="factors"></div></details>
<div id="order"></div>
</div>
<p id="number" role="status"></p>
<div id="scroller"><ul id="list" role="listbox" tabindex="0" aria-label="samples"></ul></div>
</nav>
<main id="main" tabindex="-1"></main>
<aside aria-label="what was said of it">
<h3>Labels</h3><div id="labels"></div>
<h3>Standards</h3><div id="standards"></div>
<h3>Situation</h3><div id="situation"></div>
<h3>Source</h3><div id="source"></div>
</aside>
${
  keyList([
    ["j k", "next sample or pair, the one before"],
    ["/", "search; Escape leaves the field"],
    ["o", "counts, and back"],
    ["v", "side by side, and back"],
    ["m M", "next message, the one before"],
    ["n N", "next quote of a label, the one before"],
    ["f", "fold or open reasoning and calls"],
    ["t", "next standard"],
    ["c", "copy as citation: the selected words, or the quote"],
    ["l", "copy the link"],
    ["↑ ↓", "in the list: the sample before, after"],
    ["?", "show these keys; Escape closes them"],
  ])
}`;
