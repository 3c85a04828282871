/**
 * How every page looks: colours for light and dark, controls, transcripts. No font and no picture is loaded.
 *
 * @module
 */

/** Colours keep 4.5 : 1 to what they stand on, in both schemes. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf8; --panel: #fff; --ink: #222; --faint: #595959; --line: #d0cdc8;
  --accent: #1f5c8f; --chosen: #dbe8f4; --quote: #ffe49a; --quote-ink: #222; --hit: #cdeccd; --warn: #8a3d00;
  --gone: #ffd9d6; --new: #d4efd2; --reasoning: #fff9ea; --email: #f3f6fa; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15171a; --panel: #1d2024; --ink: #e8e6e3; --faint: #abb0b6; --line: #43484e; --accent: #8fc0ea;
    --chosen: #253a4d; --quote: #6b5300; --quote-ink: #fff; --hit: #234d26; --warn: #ffb27a; --gone: #5a2422;
    --new: #1e4a22; --reasoning: #26231a; --email: #20262d; }
}
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { background: var(--paper); color: var(--ink); font: 14px/1.4 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center; padding: 6px 14px; background: var(--panel);
  border-bottom: 1px solid var(--line); }
h1, h2, h3, h4 { margin: 0; font-size: 14px; font-weight: 600; }
#message { flex: 1; min-width: 12ch; color: var(--warn); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
button, select, input { min-height: 24px; padding: 1px 7px; border: 1px solid var(--line); border-radius: 4px;
  background: var(--panel); color: var(--ink); font: inherit; }
button { text-align: left; cursor: pointer; }
button:hover { border-color: var(--accent); }
button[aria-pressed=true] { background: var(--chosen); border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
a { color: var(--accent); }
kbd { color: var(--faint); font: 12px ui-monospace, monospace; }
label { display: flex; gap: 6px; align-items: baseline; }
label input, label select { flex: 1; min-width: 0; }
.name, .none, .levels { color: var(--faint); }
.part { max-width: 640px; margin: 0 auto; contain: paint; }
.part h3 { display: inline-block; margin: 14px 0 4px; font-size: 12px; letter-spacing: 0.04em; text-transform: uppercase;
  color: var(--faint); overflow-wrap: anywhere; }
.part .link { float: right; min-width: 24px; margin-top: 10px; text-align: center; text-decoration: none; }
.text { padding: 2px 0 2px 14px; border-left: 3px solid var(--line); font: 15px/1.5 Georgia, "Liberation Serif", serif;
  white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.assistant .text { border-color: var(--accent); background: var(--panel); }
.reasoning .text { border-color: #b58a3a; background: var(--reasoning); }
.calls .text { border-color: var(--accent); font: 13px/1.45 ui-monospace, monospace; }
.email { margin: 6px 8px 6px 0; padding: 6px 12px; border: 1px solid var(--line); border-radius: 6px;
  background: var(--email); font: 14px/1.45 system-ui, sans-serif; }
.email b { color: var(--faint); font-weight: 600; }
mark { background: var(--quote); color: var(--quote-ink); }
mark.hit { background: var(--hit); color: var(--ink); }
mark.quote.hit { background: var(--quote); color: var(--quote-ink); text-decoration: underline; }
mark.here { outline: 2px solid var(--accent); }
dialog { max-width: 420px; padding: 10px 18px; border: 1px solid var(--line); border-radius: 6px; background: var(--panel);
  color: var(--ink); }
dialog dl { display: grid; grid-template-columns: 76px 1fr; gap: 2px 8px; margin: 8px 0; }
dialog dd { margin: 0; }
`;
