/**
 * A page for coding in a browser, in one file and without a network: the same items as the sheet of the same seed, and
 * it saves the same CSV.
 *
 * @module
 */
import { NEEDED_FIELDS } from "../../acts/act.ts";
import { ACTS } from "../../acts/vocabulary.ts";
import { blindItems } from "../../labelers/people/blind_items.ts";
import { ACT_COLUMNS, COLUMNS, NOBODY, STATES } from "../../labelers/people/sheet_columns.ts";
import { shownParts } from "../../labelers/people/shown_parts.ts";
import type { SheetOptions } from "../../labelers/people/sheet.ts";
import type { Sample } from "../../samples/sample.ts";
import * as spreadsheetCell from "../../samples/spreadsheet_cell.ts";
import * as elements from "../element.ts";
import * as emails from "../emails.ts";
import { htmlPage } from "../html_page.ts";
import { keyList } from "../key_list.ts";
import * as markedText from "../marked_text.ts";
import * as transcript from "../transcript.ts";
import * as actWork from "./act_work.ts";
import * as client from "./client.ts";
import * as codings from "./codings.ts";
import type { PageData } from "./data.ts";
import * as itemWork from "./item_work.ts";
import * as keys from "./keys.ts";
import * as panel from "./panel.ts";
import * as store from "./store.ts";
import { CODING_STYLE } from "./style.ts";
import * as who from "./who.ts";

/**
 * Writes the page of some samples, to be coded by keyboard. The key is that of `writeSheet` with the same samples and
 * seed, and `importSheet` reads what the page saves.
 *
 * @throws {RangeError} if two samples have one id, or none has a transcript
 */
export function writePage(samples: readonly Sample[], { seed, situations }: SheetOptions): string {
  const { sheet, items } = blindItems(samples, seed, situations);
  const data: PageData = {
    sheet,
    items: items.map(({ item, sample: { messages = [] }, people }) => ({ item, parts: shownParts(messages), people })),
    columns: COLUMNS.filter((name) => name !== "transcript"),
    acts: Object.entries(ACTS).map(([name, of], index) => ({
      key: String.fromCharCode(FIRST_KEY + index),
      name,
      ...of,
    })),
    fields: ACT_COLUMNS.filter(({ field }) => field !== "name"),
    states: STATES,
    asked: NEEDED_FIELDS,
    nobody: NOBODY,
  };
  return htmlPage({
    title: `Coding ${sheet}`,
    style: CODING_STYLE,
    body: BODY,
    data,
    modules: [
      elements,
      emails,
      markedText,
      transcript,
      codings,
      spreadsheetCell,
      store,
      panel,
      actWork,
      itemWork,
      keys,
      who,
      client,
    ],
    start: "codingPage",
  });
}

/** The acts take the letters from here on; with 18 of them, `s` to `z` are left for the rest. */
const FIRST_KEY = "a".charCodeAt(0);

const KEYS = [
  ["a–r", "add the act of that letter, or go to it"],
  ["+", "the same act once more"],
  [", .", "go to the act before, after"],
  ["x", "take the current act out"],
  ["⌫", "undo; also Ctrl+Z"],
  ["1–9", "against whom; 6: nobody, from 7 on the people of the story"],
  ["/ 1–9", "whom it tells or asks, in the same order"],
  ["⇧1–⇧9", "who benefits; ⇧7: nobody"],
  ["u v t", "motive, covert, attempted: next choice"],
  ["w", "where; Enter ends typing"],
  ["y", "quote: take the selected words, or type"],
  ["s", "what it states on being tested: next choice"],
  ["z", "note; the act other needs one"],
  ["0", "scroll to the model's next words"],
  ["← →", "item before, after"],
  ["Enter", "next item that is not coded"],
  ["⇧S", "save the sheet as CSV"],
  ["?", "show these keys; Escape closes them"],
] as const;

const BODY = `<header>
<h1 id="item"></h1><progress id="bar" value="0" aria-label="coded"></progress><span id="progress"></span>
<span id="message" role="status"></span>
<span>coder: <bdi id="coder"></bdi></span><button type="button" id="change">another coder</button>
<button type="button" id="keys"><kbd>?</kbd>keys</button><button type="button" id="save"><kbd>⇧S</kbd>save</button>
</header>
<main id="transcript" tabindex="0" aria-label="transcript"><h2>Transcript</h2><div id="parts"></div></main>
<aside aria-label="coding">
<ul id="people" aria-label="people of the story"></ul>
<div id="acts" role="group" aria-label="acts"></div>
<ol id="coded" aria-label="coded acts"></ol>
<div id="fields"></div>
<label><span class="name">where</span><input id="where" placeholder="w · for example email 2"></label>
<label><span class="name">quote</span><input id="quote" placeholder="y · select words, then y"></label>
<div id="states" class="line"></div>
<label><span class="name">note</span><input id="note" placeholder="z"></label>
<p id="need" role="status"></p>
<div id="rule"></div>
</aside>
<dialog id="who" aria-label="who codes">
<p>Codes are kept in this browser for each coder alone.</p>
<label><span class="name">Who codes?</span><input id="name" autocomplete="off" placeholder="a name or initials"></label>
<button type="button" id="begin">begin</button>
<ul id="coders"></ul>
</dialog>
${keyList(KEYS)}`;
