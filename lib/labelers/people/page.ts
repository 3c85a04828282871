/**
 * A page for coding in a browser, in one file and without a network: the same items as the sheet of the same seed, and
 * it saves the same CSV.
 *
 * Transcripts may be hostile. They are embedded as JSON in which nothing can end the element that holds it, and shown as
 * text. The page's policy allows its own script by hash, and no other script, no markup from text, and no request.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { ASKED_FIELDS } from "../../acts/act.ts";
import { ACTS } from "../../acts/vocabulary.ts";
import type { Sample } from "../../samples/sample.ts";
import { blindItems } from "./blind_items.ts";
import { codingPage } from "./page_client.ts";
import type { PageData } from "./page_data.ts";
import { showPanel } from "./page_panel.ts";
import { element, keepState, keptState, notCoded, sheetCsv } from "./page_store.ts";
import { PAGE_STYLE } from "./page_style.ts";
import { ACT_COLUMNS, COLUMNS, NOBODY, STATES } from "./sheet_columns.ts";
import { shownParts } from "./shown_parts.ts";

/**
 * Writes the page of some samples, to be coded by keyboard. The key is that of `writeSheet` with the same samples and
 * seed, and `importSheet` reads what the page saves.
 *
 * @throws {RangeError} if two samples have one id, or none has a transcript
 */
export function writePage(samples: readonly Sample[], { seed }: { readonly seed: number }): string {
  const { sheet, items } = blindItems(samples, seed);
  const data: PageData = {
    sheet,
    items: items.map(({ item, sample: { messages = [] } }) => ({ item, parts: shownParts(messages) })),
    columns: COLUMNS.filter((name) => name !== "transcript"),
    acts: Object.entries(ACTS).map(([name, of], index) => ({
      key: String.fromCharCode(FIRST_KEY + index),
      name,
      ...of,
    })),
    fields: ACT_COLUMNS.filter(({ field }) => field !== "name"),
    states: STATES,
    asked: ASKED_FIELDS,
    nobody: NOBODY,
  };
  const script = [sheetCsv, notCoded, keptState, keepState, element, showPanel, codingPage].map(String).join("\n") +
    '\ncodingPage(JSON.parse(document.getElementById("data").textContent));\n';
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor(script)}">
<meta name="viewport" content="width=device-width">
<title>Coding ${sheet}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
${BODY}
<script type="application/json" id="data">${inScript(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** The acts take the letters from here on; with 18 of them, `s` to `z` are left for the rest. */
const FIRST_KEY = "a".charCodeAt(0);

/**
 * JSON that can stand in a script element: no `<`, so that no text ends or opens anything, and no line end that a script
 * would take for one.
 */
export function inScript(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function policyFor(script: string): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(PAGE_STYLE)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

const KEYS = [
  ["a–r", "add the act of that letter"],
  [", .", "go to the act before, after"],
  ["x", "take the current act out"],
  ["1–6", "against whom; 6: nobody"],
  ["⇧1–⇧7", "who benefits; ⇧7: nobody"],
  ["u v t", "motive, covert, attempted: next choice"],
  ["w", "where; Enter ends typing"],
  ["y", "quote: take the selected words, or type"],
  ["s", "what it states on being tested: next choice"],
  ["z", "note; the act other needs one"],
  ["0", "scroll to the model's next words"],
  ["← →", "item before, after"],
  ["Enter", "next item that is not coded"],
  ["⇧S", "save the sheet as CSV"],
  ["?", "show or hide these keys"],
].map(([key, text]) => `<dt><kbd>${key}</kbd></dt><dd>${text}</dd>`).join("");

const BODY = `<header>
<strong id="item"></strong><progress id="bar" value="0"></progress><span id="progress"></span>
<span id="message" role="status"></span>
<span><kbd>?</kbd>keys</span><button id="save" tabindex="-1"><kbd>⇧S</kbd>save</button>
</header>
<section id="transcript" tabindex="0" aria-label="transcript"></section>
<aside>
<div id="acts"></div>
<ol id="coded"></ol>
<div id="fields"></div>
<label><span class="name">where</span><input id="where" placeholder="w · for example email 2"></label>
<label><span class="name">quote</span><input id="quote" placeholder="y · select words, then y"></label>
<div id="states" class="line"></div>
<label><span class="name">note</span><input id="note" placeholder="z"></label>
<div id="rule"></div>
</aside>
<div id="help" hidden><dl>${KEYS}</dl></div>`;
