/** How a figure shows itself in Jupyter: as wide as its place, in the font of its PNG, its marks saying their rows. */
import assert from "node:assert/strict";
import { counts, loadData, pairedRatesFigure, rates, sayRate, where } from "$lib/mod.ts";
import { violations } from "../support/axe.ts";
import { browserTest } from "../support/browser.ts";

const lynch = await loadData("lynch2025");
const by = ["model", "scenario", "goal_conflict", "threat", "prohibition"];
const all = rates(counts([lynch], by, [{ label: "harmful" }]));
const rows = where(all, { scenario: "blackmail", threat: "replacement", prohibition: "none" });
const text = { name: "x", title: 'A "title" & <more>', caption: "A caption.", status: "exploratory" as const };
const figure = pairedRatesFigure({ ...text, data: [lynch], rows, item: "model", axis: "blackmail rate" });

type Display = { [display: symbol]: () => Promise<Record<string, string>> };
const bundle = await (figure as unknown as Display)[Symbol.for("Jupyter.display")]();
const html = bundle["text/html"];

Deno.test("a figure is shown as HTML, as its SVG and as text, and compares by what it holds", () => {
  assert.deepEqual(Object.keys(bundle), ["text/html", "image/svg+xml", "text/plain"]);
  assert.equal(bundle["image/svg+xml"], figure.svg);
  assert.deepEqual(Object.keys(figure).filter((name) => !(name in text)).sort(), ["data", "svg", "table"]);
});

Deno.test("each mark stands where its rate is on the axis, and says its row", () => {
  const [left, right, width] = [106, 76, 640]; // the margins of this figure, and the width it is shown at
  for (const row of rows) {
    const said = sayRate(row).replaceAll("<", "&lt;");
    const name = new RegExp(
      `aria-label="${row.group.model}, blackmail, ${row.group.goal_conflict}, [^"]*: ([^"]*)" style="left:`,
    );
    const [, words] = name.exec(html)!;
    assert.equal(words, said);
    const across = (left + row.rate! * (width - left - right)) / width * 100;
    assert(html.includes(`${said}" style="left:${across.toFixed(2)}%;top:`), `${row.group.model}: ${across}`);
  }
});

Deno.test("what comes from outside is escaped, and no text of the plot is left to the browser's fonts", () => {
  assert(html.includes("<strong>A &quot;title&quot; &amp; &lt;more&gt;</strong>"));
  const image = decodeURIComponent(html.match(/src="data:image\/svg\+xml,([^"]*)"/)![1]);
  assert(!/<text|<title|font-family/.test(image));
  assert.equal(image.match(/<use /g)!.length > 32 * 3, true);
});

browserTest("a figure answers to the pointer and to Tab, and has no fault of accessibility", async (browser) => {
  const folder = await Deno.makeTempDir();
  const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title><main><h1>x</h1>';
  await Deno.writeTextFile(`${folder}/figure.html`, `${head}${html}</main></html>`);
  await browser.open(`${folder}/figure.html`);
  const tip = "getComputedStyle(document.activeElement, '::after').content";
  assert.equal(await browser.value("getComputedStyle(document.querySelector('.oor-spot'), '::after').content"), "none");
  await browser.press("Tab");
  assert.match(String(await browser.value(tip)), /\d+\/100 \(/);
  assert(await browser.value("document.querySelector('img').naturalWidth") === 640, "the picture is not drawn");
  assert.deepEqual(await violations(browser), []);
});
