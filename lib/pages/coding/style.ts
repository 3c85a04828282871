/**
 * How the coding page looks: a page of text to read, and beside it what can be chosen.
 *
 * @module
 */
import { PAGE_STYLE } from "../style.ts";

/** The style sheet of the coding page. */
export const CODING_STYLE = `${PAGE_STYLE}
body { display: grid; grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) minmax(340px, 30vw); }
header { grid-column: 1 / -1; }
h1 { font-variant-numeric: tabular-nums; }
progress { width: 120px; accent-color: var(--accent); }
#transcript { overflow: auto; padding: 4px 24px 40vh; position: relative; outline-offset: -2px; }
#transcript h2 { position: absolute; clip-path: inset(50%); }
aside { overflow: auto; padding: 8px 14px 16px; background: var(--panel); border-left: 1px solid var(--line); font-size: 13px; }
aside button { border-color: transparent; background: none; }
#people { margin: 0 0 6px; padding: 0; list-style: none; font-size: 12px; line-height: 1.3; }
#acts { display: grid; grid-template-columns: 1fr 1fr; column-gap: 6px; }
kbd { display: inline-block; min-width: 1.3em; margin-right: 4px; }
kbd:empty { display: none; }
#coded { margin: 6px 0; padding: 0; list-style: none; border: solid var(--line); border-width: 1px 0; min-height: 26px; }
#coded button { width: 100%; overflow-wrap: anywhere; }
.line { padding-left: 72px; margin: 2px 0; }
.name { display: inline-block; width: 72px; }
.line .name { margin-left: -72px; }
label { margin: 3px 0; gap: 0; }
#need { margin: 2px 0; color: var(--warn); }
#rule { font-size: 12px; line-height: 1.35; }
#rule p { margin: 4px 0; }
#coders { padding: 0; list-style: none; }
#coders li { display: flex; flex-wrap: wrap; gap: 6px; margin: 4px 0; overflow-wrap: anywhere; }
@media (max-width: 700px) {
  html, body { height: auto; }
  body { display: block; }
  #transcript { max-height: 60vh; padding-bottom: 10vh; }
  aside { border-left: 0; border-top: 1px solid var(--line); }
}
`;
