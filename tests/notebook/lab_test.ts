/** The notebooks in JupyterLab and a browser, as a person opens them: run whole, seen, pointed at, in light and dark. */
import assert from "node:assert/strict";
import { type Browser, startBrowser } from "../support/browser.ts";
import { hasLab, type Lab, startLab } from "./lab.ts";
import { canRun } from "../support/tools.ts";

const ignore = !await canRun("chromium") || !await hasLab();

/** Opens a notebook at the size of a small laptop and runs all its cells. */
async function opened(browser: Browser, lab: Lab, name: string): Promise<void> {
  await browser.screenshot(1280, 800);
  await browser.open(lab.notebook(name));
  await browser.until("!!document.querySelector('.jp-Notebook .jp-Cell')", 90);
  const session = "window.jupyterapp.shell.currentWidget.context.sessionContext.session";
  await browser.until(`${session}?.kernel?.status === "idle"`, 90);
  await browser.value("window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => 1)");
  await browser.until(`${session}.kernel.status === "idle"`, 90);
}

const FIGURE = "document.querySelector('.oor-figure')";

/** What a mark of the first figure says when it is pointed at; cells above may still move it away for a moment. */
async function pointedAt(browser: Browser): Promise<string> {
  const said = "getComputedStyle(document.querySelector('.oor-spot:hover') ?? document.body, '::after').content";
  for (let tries = 0; tries < 10; tries++) {
    await browser.value(`${FIGURE}.querySelector('.oor-plot').scrollIntoView({ block: "center" })`);
    await new Promise((done) => setTimeout(done, 500));
    await browser.hover(".oor-spot:nth-of-type(12)");
    const found = String(await browser.value(said));
    if (found !== "none") return found;
  }
  return "nothing";
}

Deno.test({
  name: "in JupyterLab: a notebook runs whole, and its figures and tables are seen, answer and change with the theme",
  ignore,
  fn: async () => {
    await using lab = await startLab();
    await using browser = await startBrowser();
    await opened(browser, lab, "01_goal_conflict.ipynb");
    assert.equal(
      await browser.value("document.querySelectorAll('[data-mime-type=\"application/vnd.jupyter.stderr\"]').length"),
      0,
    );
    await browser.until("document.querySelectorAll('.jp-OutputArea table').length > 0", 30);
    await browser.until(`!!${FIGURE} && ${FIGURE}.querySelector('img').naturalWidth > 0`, 30);
    const width = await browser.value(`${FIGURE}.offsetWidth / ${FIGURE}.parentElement.offsetWidth`) as number;
    assert(width > 0.9, `a figure takes ${width} of its cell`);
    assert.match(await pointedAt(browser), /\d+\/\d+ \(/);
    const background = "getComputedStyle(document.querySelector('.jp-Notebook')).backgroundColor";
    const light = await browser.value(background);
    await browser.value("window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })");
    await browser.until(`${background} !== ${JSON.stringify(light)}`, 30);
    assert.equal(
      await browser.value(`getComputedStyle(${FIGURE}.querySelector('.oor-plot')).backgroundColor`),
      "rgb(255, 255, 255)",
    );
  },
});

Deno.test({
  name: "in JupyterLab: the starter shows its answer and figure, and writes a reader that opens",
  ignore,
  fn: async () => {
    await using lab = await startLab();
    await using browser = await startBrowser();
    await opened(browser, lab, "00_your_own_data.ipynb");
    await browser.until(`!!${FIGURE} && ${FIGURE}.querySelector('img').naturalWidth > 0`, 30);
    assert.match(
      String(await browser.value("document.querySelector('.jp-Notebook').textContent")),
      /Answer: subvert: 0\/10/,
    );
    await browser.open(`${lab.folder}/reader.html`);
    await browser.until("document.querySelectorAll('tbody tr').length > 0", 20);
    assert.match(String(await browser.value("document.title")), /^Reader: opus4-variants$/);
  },
});
