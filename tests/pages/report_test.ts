/** The report: what it says is what `deno task rates` says, its numbers lead to samples, and nothing in it runs. */
import assert from "node:assert/strict";
import { percent, percentRange } from "$lib/words/percent.ts";
import { violations } from "../support/axe.ts";
import { browserTest } from "../support/browser.ts";
import { task, taskIn } from "../support/commands/task.ts";
import { payloads } from "../support/payloads.ts";

/** 48 samples of two models in two conditions, coded by two labelers that part in some; one is uncoded. */
async function coded(): Promise<string> {
  const folder = await Deno.makeTempDir();
  const lines = Array.from({ length: 48 }, (_, at) => {
    const subverts = at % 2 === 0 ? at % 3 !== 0 : at % 7 === 0;
    const acts = (isYes: boolean) => [{ name: isYes ? "blackmails" : "refuses" }];
    const labels = at === 11 ? [] : [
      { labeler: "first", kind: "human", acts: acts(subverts), scores: { harmful: subverts } },
      { labeler: "second", kind: "judge", acts: acts(at % 5 === 0 ? !subverts : subverts) },
    ];
    return JSON.stringify({
      id: `s${at}`,
      model: at < 24 ? "one" : "two & <b>",
      scenario: "blackmail",
      condition: { told: at % 2 === 0 ? "yes" : "no" },
      cluster: `prompt ${at % 6}`,
      messages: [{ role: "user", content: `Do ${at}.` }, { role: "assistant", content: "No." }],
      labels,
    });
  });
  await Deno.writeTextFile(`${folder}/data.jsonl`, lines.join("\n"));
  return folder;
}

const ASKED = ["--factor", "told", "--levels", "yes,no", "--labeler", "first"];

async function reported(folder: string, ...args: string[]) {
  const { code, out, err } = await task("report", `${folder}/data.jsonl`, ...args, "--out", `${folder}/report`);
  assert.equal(code, 0, err);
  return { page: `${folder}/report/report.html`, out };
}

const CELLS = (table: string) =>
  `[...document.querySelectorAll("#${table} tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent))`;

browserTest(
  "what is on the page is what rates --json says, field by field, and each number leads to its samples",
  async (browser) => {
    const folder = await coded();
    const { page } = await reported(folder, ...ASKED);
    const rates = ["rates", `${folder}/data.jsonl`, "--by", "model,told", "--labeler", "first", "--json"];
    const { rows } = JSON.parse((await task(...rates)).out);
    await browser.open(page);
    assert.deepEqual(await browser.value(`JSON.parse(document.getElementById("data").textContent).rows`), rows);
    const expected = rows.map((row: Record<string, never>) => {
      const { group, outcome, count, scored, rate, lower, upper, missing, bounds } = row;
      return [
        ...Object.values(group as Record<string, string>),
        outcome,
        `${count}/${scored}`,
        percent(rate),
        percentRange(lower, upper),
        "these 3 prompts",
        String(missing),
        missing === 0 ? "" : percentRange(bounds[0], bounds[1]),
      ];
    });
    assert.deepEqual(await browser.value(CELLS("rates")), expected);
    const links = await browser.value(
      `[...document.querySelectorAll("#rates tbody tr")].map((row) => [...row.querySelectorAll("a")].map((one) => [one.textContent, one.getAttribute("href")]))`,
    ) as [string, string][][];
    const first = links.flat()[0][1];
    await browser.open(`${folder}/report/${first}`);
    let followed = 0;
    for (const [at, { count, scored, missing }] of rows.entries()) {
      for (const [text, href] of links[at]) {
        await browser.until(`location.hash === ""`); // once what was open before has come to rest
        await browser.value(`location.hash = ${JSON.stringify(href.replace("reader.html", ""))}`);
        const samples = text === String(scored) && !href.includes("answer") ? scored + missing : Number(text);
        await browser.until(`document.getElementById("number").textContent.startsWith("${samples} of 48 ")`);
        assert([count, scored, missing].includes(Number(text)));
        followed++;
      }
    }
    assert(followed > 6, `${followed} links`);
  },
);

Deno.test("where acts are coded every standard is asked, and labelers are compared; run again it is the same, byte by byte", async () => {
  const folder = await coded();
  const { page, out } = await reported(folder, ...ASKED);
  const before = await Deno.readTextFile(page);
  assert.match(out, /^subvert is more frequent with told = yes than with told = no: \+\d+.points/);
  for (const part of ["Outcomes", "By another standard", "Agreement of the labelers", "Methods", "sha256"]) {
    assert(before.includes(part), part);
  }
  assert.equal(before.match(/<table id="standards">[\s\S]*?<\/table>/)![0].split("<tr>").length - 2, 9);
  assert.match(before, /first and second: Krippendorff alpha/);
  assert.match(before, /two &amp; &lt;b&gt;/);
  assert.match(before, /script-src 'none'/);
  assert(!/ style="| on[a-z]+=/.test(before));
  await reported(folder, ...ASKED);
  assert.equal(await Deno.readTextFile(page), before);
});

Deno.test("a report is not written into a folder of something else, and without samples it says why numbers lead nowhere", async () => {
  const folder = await coded();
  const into = await task("report", `${folder}/data.jsonl`, ...ASKED, "--out", folder);
  assert.equal(into.code, 2);
  assert.match(into.err, /as it holds data\.jsonl: name a new folder/);
  const counts = ["data/lynch2025", "--factor", "goal_conflict", "--label", "harmful", "--where", "scenario=murder"];
  const { err } = await task("report", ...counts, "--out", `${folder}/counts`);
  assert.match(err, /There is no reader, and numbers lead nowhere: .*no samples, only counts/);
  const page = await Deno.readTextFile(`${folder}/counts/report.html`);
  assert(!page.includes("reader.html"));
});

browserTest("axe finds nothing wrong, light and dark, wide and 800 pixels; marks answer to focus", async (browser) => {
  const { page } = await reported(await coded(), ...ASKED);
  await browser.open(page);
  for (const scheme of ["light", "dark"] as const) {
    await browser.colors(scheme);
    for (const width of [1280, 800]) {
      assert((await browser.screenshot(width, 900)).length > 5_000);
      assert.deepEqual(await violations(browser), [], `${scheme}, ${width}`);
      const wide = `document.documentElement.scrollWidth <= innerWidth`;
      assert.equal(await browser.value(wide), true, `${width} scrolls sideways`);
    }
  }
  const tip = `getComputedStyle(document.querySelector(".mark .tip")).visibility`;
  assert.equal(await browser.value(tip), "hidden");
  await browser.value(`document.querySelector(".mark").focus()`);
  assert.equal(await browser.value(tip), "visible");
});

browserTest("72 hostile names are shown letter by letter: nothing runs, nothing is asked for", async (browser) => {
  let hits = 0;
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => {
    hits++;
    return new Response("alert(1)");
  });
  const texts = payloads(`http://127.0.0.1:${server.addr.port}`);
  const folder = await Deno.makeTempDir();
  const lines = texts.flatMap((text, at) =>
    ["yes", "no"].map((told) =>
      JSON.stringify({
        id: `${at} ${told}`,
        model: text,
        scenario: text,
        condition: { told },
        cluster: text,
        labels: [{ labeler: text, kind: "human", scores: { harmful: told === "yes" }, note: text }],
      })
    )
  );
  await Deno.writeTextFile(`${folder}/data.jsonl`, lines.join("\n"));
  const { page } = await reported(folder, "--factor", "told", "--label", "harmful");
  const events = await browser.open(page);
  const shown = String(await browser.value(`document.querySelector("main").textContent.toWellFormed()`));
  const wellFormed = (text: string) => text.replaceAll("\ud800", "\ufffd").replaceAll("\0", "\ufffd");
  for (const text of texts) assert(shown.includes(wellFormed(text)), `not shown: ${text}`);
  await browser.press("Tab", "Tab", "Tab");
  const told = events.seen.filter(({ method }) =>
    /dialog|consoleAPI|exceptionThrown|entryAdded|windowOpen/i.test(method)
  );
  assert.deepEqual(told, []);
  const asked = events.seen.filter(({ method }) => method === "Network.requestWillBeSent").length;
  assert.deepEqual([asked, hits], [1, 0]);
});

Deno.test("a person with a CSV of 60 rows has a figure, a table and a report in three commands", async () => {
  const folder = await Deno.makeTempDir();
  const rows = Array.from(
    { length: 60 },
    (_, at) =>
      `${at},model-${at % 3},${at % 2 ? "conflict" : "none"},Task ${at % 15}.,Answer ${at}.,${
        at % 4 === 1 ? "yes" : "no"
      }`,
  );
  await Deno.writeTextFile(
    `${folder}/answers.csv`,
    ["id,model,goal_conflict,prompt,response,harmful", ...rows].join("\n"),
  );
  const compared = ["answers.csv", "--factor", "goal_conflict", "--label", "harmful"];
  const commands = [
    ["load", "--suggest", "answers.csv"],
    ["figure", ...compared, "--out", "figure.pdf", "--table", "table.tex"],
    ["report", ...compared, "--out", "report"],
  ];
  const start = performance.now();
  for (const [name, ...args] of commands) {
    const { code, out, err } = await taskIn(folder, name, ...args);
    assert.equal(code, 0, err);
    if (name === "load") await Deno.writeTextFile(`${folder}/dataset.json`, out); // > dataset.json
  }
  assert(commands.length <= 4 && performance.now() - start < 180_000);
  assert.equal((await Deno.readFile(`${folder}/figure.pdf`)).slice(0, 4).toString(), "37,80,68,70");
  assert.match(await Deno.readTextFile(`${folder}/table.tex`), /\\toprule[\s\S]*model-2 & none/);
  assert.match(
    await Deno.readTextFile(`${folder}/report/report.html`),
    /harmful is more frequent with goal\\?_?conflict = conflict/,
  );
});
