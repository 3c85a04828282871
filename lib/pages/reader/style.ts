/**
 * How the reader looks: a list, a transcript, and beside it what was said of it.
 *
 * @module
 */
import { PAGE_STYLE } from "../style.ts";

/** The style sheet of the reader. */
export const READER_STYLE = `${PAGE_STYLE}
body { display: grid; grid-template: auto minmax(0, 1fr) / minmax(230px, 22vw) minmax(0, 1fr) minmax(260px, 24vw); }
header { grid-column: 1 / -1; }
#left { display: flex; flex-direction: column; min-height: 0; border-right: 1px solid var(--line); background: var(--panel); }
#filters { max-height: 55%; overflow: auto; padding: 8px 10px 4px; font-size: 13px; }
#filters label { margin: 2px 0; }
#filters .name { width: 76px; flex: none; overflow-wrap: anywhere; }
#order { display: flex; flex-wrap: wrap; gap: 4px; }
#order label { flex: 1 0 100%; }
#search { width: 100%; }
#number { margin: 0; padding: 4px 10px; font-size: 13px; border-bottom: 1px solid var(--line); color: var(--faint); }
#scroller { flex: 1; min-height: 100px; overflow: auto; }
#list { margin: 0; padding: 0; list-style: none; }
#list li { display: flex; flex-wrap: wrap; column-gap: 8px; height: 48px; padding: 4px 10px;
  border-bottom: 1px solid var(--line); font-size: 13px; line-height: 20px; cursor: pointer; }
#list li.open { background: var(--chosen); }
#list li.open .levels, #list li.open .answer { color: var(--ink); }
#list .id { flex: 1 0 100%; }
#list .levels { flex: 1 1 0; }
#list span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; unicode-bidi: isolate; }
.answer { max-width: 14ch; font-weight: 600; }
.answer::before { content: ""; display: inline-block; width: 9px; height: 9px; margin-right: 5px; border-radius: 50%;
  border: 1px solid var(--faint); }
.is-comply::before { background: #009e73; border-radius: 50%; }
.is-refuse::before { background: #b8860b; border-radius: 0; }
.is-subvert::before, .is-yes::before { background: #a6397f; border-radius: 50% 50% 0 0; }
.is-indeterminate::before { background: #767676; border-radius: 0; height: 4px; }
.is-missing { font-style: italic; font-weight: 400; }
.disputed, .otherwise { color: var(--warn); font-size: 12px; }
#main { overflow: auto; padding: 12px 20px 40vh; outline-offset: -2px; position: relative; }
#main > p { max-width: 640px; margin: 4px auto; overflow-wrap: anywhere; }
body[data-view=pair] #main > p, body[data-view=pair] .controls { max-width: none; }
.title { max-width: 640px; margin: 0 auto 4px; font-size: 17px; overflow-wrap: anywhere; unicode-bidi: isolate; }
.controls { display: flex; flex-wrap: wrap; gap: 6px; max-width: 640px; margin: 8px auto; }
table { width: 100%; max-width: 640px; margin: 8px auto; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { padding: 4px; color: var(--faint); text-align: left; }
th, td { padding: 2px 10px; border-bottom: 1px solid var(--line); text-align: left; overflow-wrap: break-word; }
th { white-space: nowrap; }
aside { overflow: auto; padding: 6px 14px 40px; border-left: 1px solid var(--line); background: var(--panel); font-size: 13px; }
aside h3 { margin: 12px 0 4px; font-size: 14px; }
aside ul { margin: 2px 0; padding-left: 18px; }
aside p { margin: 3px 0; overflow-wrap: anywhere; }
aside h4, aside li { overflow-wrap: anywhere; unicode-bidi: isolate; }
.label { margin-bottom: 10px; }
.to-quote { display: block; margin: 2px 0; padding: 1px 6px; border-radius: 4px; text-decoration: none; background: var(--quote); color: var(--quote-ink);
  overflow-wrap: anywhere; }
.not-model, mark.not-model { background: none; color: var(--ink); border: 1px dashed var(--warn); }
.unfound, .note { overflow-wrap: anywhere; }
.unfound { color: var(--warn); }
.standard { margin: 2px 0; padding: 2px 6px; border: 1px solid var(--line); border-radius: 4px; }
.standard > summary .answer { margin: 0 6px; }
.fired { font-weight: 600; background: var(--chosen); }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 8px 18px; align-items: start; }
.columns .head { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; padding: 6px; background: var(--panel);
  border: 1px solid var(--line); border-radius: 6px; overflow-wrap: anywhere; }
.columns .head details { flex: 1 0 100%; }
.columns .label ul { padding-left: 18px; }
del { background: var(--gone); text-decoration: none; }
ins { background: var(--new); text-decoration: none; }
body[data-view=pair], body[data-view=counts] { grid-template-columns: minmax(230px, 22vw) minmax(0, 1fr); }
body[data-view=pair] aside, body[data-view=counts] aside { display: none; }
@media (max-width: 1000px) {
  body, body[data-view] { grid-template: auto minmax(0, 1fr) / 230px minmax(0, 1fr); }
  body[data-view=sample] { grid-template: auto minmax(0, 3fr) minmax(0, 2fr) / 230px minmax(0, 1fr); }
  #left { grid-row: 2 / -1; }
  aside { border-left: 0; border-top: 1px solid var(--line); }
}
@media (max-width: 640px) {
  html, body { height: auto; }
  body, body[data-view], body[data-view=sample] { display: block; }
  #scroller { height: 240px; }
  #main { padding-bottom: 20px; }
}
@media print {
  header, #left, .controls { display: none; }
  body, body[data-view] { display: block; height: auto; }
  #main, aside { overflow: visible; }
}
`;
