/**
 * How the coding page looks: a page of text to read, and beside it what can be chosen.
 *
 * @module
 */

/** The style sheet; no font and no picture is loaded. */
export const CODING_STYLE = `
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { display: grid; grid-template: auto 1fr / minmax(0, 1fr) minmax(340px, 30vw); background: #fbfaf8; color: #222;
  font: 14px/1.4 system-ui, sans-serif; }
header { grid-column: 1 / -1; display: flex; gap: 14px; align-items: center; padding: 6px 16px; background: #fff;
  border-bottom: 1px solid #ddd; }
header strong { font-variant-numeric: tabular-nums; }
#message { flex: 1; color: #8a4b00; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
progress { width: 120px; accent-color: #356a9a; }
#transcript { overflow: auto; padding: 4px 24px 40vh; outline: none; position: relative; }
article { max-width: 78ch; margin: 0 auto; contain: paint; }
h2 { margin: 18px 0 6px; font-size: 12px; font-weight: 600; letter-spacing: 0.04em; text-transform: uppercase; color: #666; }
pre { margin: 0; padding: 2px 0 2px 14px; border-left: 3px solid #ddd; font: 15px/1.5 Georgia, "Liberation Serif", serif;
  white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.assistant pre { border-color: #356a9a; background: #fff; }
.reasoning pre { border-color: #b58a3a; background: #fffdf6; }
.calls pre { border-color: #356a9a; font: 13px/1.45 ui-monospace, monospace; }
aside { overflow: auto; padding: 8px 14px 16px; background: #fff; border-left: 1px solid #ddd; font-size: 13px; }
#acts { display: grid; grid-template-columns: 1fr 1fr; column-gap: 6px; }
button { padding: 1px 6px; border: 1px solid transparent; border-radius: 4px; background: none; color: inherit; font: inherit;
  text-align: left; cursor: pointer; }
button:hover { background: #eef3f8; }
button.chosen { background: #dfeaf4; border-color: #9dbbd6; }
header button { border-color: #bbb; }
kbd { display: inline-block; min-width: 1.3em; margin-right: 4px; color: #777; font: 12px ui-monospace, monospace; }
kbd:empty { display: none; }
#coded { margin: 6px 0; padding: 0; list-style: none; border: solid #eee; border-width: 1px 0; min-height: 22px; }
#coded li { padding: 1px 6px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; cursor: pointer; }
#coded li.current { background: #dfeaf4; white-space: normal; overflow-wrap: anywhere; }
.line { padding-left: 72px; margin: 2px 0; }
.name { display: inline-block; width: 72px; color: #666; }
.line .name { margin-left: -72px; }
label { display: flex; align-items: baseline; margin: 3px 0; }
input { flex: 1; min-width: 0; padding: 2px 6px; border: 1px solid #ccc; border-radius: 4px; font: inherit; }
input:focus { outline: 2px solid #9dbbd6; border-color: #356a9a; }
#rule { color: #444; font-size: 12px; line-height: 1.35; }
#rule p { margin: 4px 0; }
#help { position: fixed; right: 20px; top: 44px; width: 330px; padding: 6px 16px; background: #fff; border: 1px solid #999;
  border-radius: 6px; box-shadow: 0 4px 18px #0003; z-index: 1; font-size: 13px; }
#help[hidden] { display: none; }
#help dl { display: grid; grid-template-columns: 76px 1fr; margin: 6px 0; }
#help dd { margin: 0; }
`;
