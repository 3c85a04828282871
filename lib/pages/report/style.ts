/**
 * How a report looks: one column to read, tables, figures that answer, and the same on paper.
 *
 * @module
 */
import { PAGE_STYLE } from "../style.ts";

/** The style sheet of a report. */
export const REPORT_STYLE = `${PAGE_STYLE}
html, body { height: auto; }
body { font-size: 15px; line-height: 1.5; }
main { max-width: 920px; margin: 0 auto; padding: 24px 20px 60px; }
h1 { font-size: 22px; line-height: 1.3; }
h2 { margin: 34px 0 6px; font-size: 17px; }
p, li { max-width: 78ch; overflow-wrap: anywhere; }
.asked { margin: 0 0 10px; color: var(--faint); }
.answer { margin: 10px 0; padding: 12px 16px; border-left: 4px solid var(--accent); background: var(--panel); font-size: 17px; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 14px; }
caption { padding: 4px 0; color: var(--faint); text-align: left; }
th, td { padding: 3px 10px 3px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top;
  unicode-bidi: isolate; }
th { border-bottom: 2px solid var(--line); font-weight: 600; }
th.number, td.number { text-align: right; white-space: nowrap; }
.figure { display: block; width: 100%; height: auto; margin: 10px 0; font: 13.5px system-ui, sans-serif; }
.figure { color: var(--ink); overflow: visible; }
.figure text { fill: var(--ink); }
.figure .item { text-anchor: end; }
.figure .tick { fill: var(--faint); text-anchor: middle; font-size: 12px; }
.figure .grid { stroke: var(--line); stroke-width: 1; }
.figure .zero { stroke: var(--ink); stroke-width: 1; }
.figure .open { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 3; }
.figure .area { fill: var(--chosen); opacity: 0; }
.figure .point { stroke: var(--paper); stroke-width: 1; }
.figure .tip { text-anchor: middle; visibility: hidden; font-size: 13px; }
.mark:hover .area, .mark:focus .area { opacity: 1; }
.mark:hover .tip, .mark:focus .tip { visibility: visible; }
.mark:focus { outline: none; }
.mark:focus .area { stroke: var(--accent); stroke-width: 1.5; }
.figure:has(.mark:hover) .mark:focus:not(:hover) .tip { visibility: hidden; }
@media (prefers-color-scheme: dark) { .figure .mark { filter: brightness(1.5); } .figure .mark text { filter: none; } }
.mono { font: 12px ui-monospace, monospace; overflow-wrap: anywhere; }
pre { padding: 8px 12px; border: 1px solid var(--line); background: var(--panel); white-space: pre-wrap;
  overflow-wrap: anywhere; font: 13px ui-monospace, monospace; }
@media print {
  :root { --paper: #fff; --panel: #fff; --ink: #000; --faint: #444; --line: #999; --accent: #000; color-scheme: light; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  table, .figure, .answer { break-inside: avoid; }
  a { text-decoration: none; }
  details > :not(summary) { display: block; }
}
`;
