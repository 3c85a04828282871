/** The reader in a real browser: what it shows, its keys and links, hostile texts, speed, and use without a mouse. */
import assert from "node:assert/strict";
import { type Browser, browserTest, type PageEvents } from "../support/browser.ts";
import { violations } from "../support/axe.ts";
import { payloads } from "../support/payloads.ts";
import { choosing, readerOf } from "../support/reader.ts";

const TEXT_OF = (id: string) => `document.getElementById("${id}").textContent`;
const NUMBER = TEXT_OF("number");

const sampleOf = (id: string, of: Record<string, unknown> = {}) => ({
  id,
  model: "m",
  scenario: "blackmail",
  condition: { goal_conflict: "none" },
  messages: [{ role: "user", content: "Do." }, { role: "assistant", content: "No." }],
  labels: [],
  ...of,
});

/** Two conditions of two samples each, coded by two labelers who once disagree. */
function coded() {
  const of = (id: string, goal_conflict: string, name: string, second: string, answer: string) =>
    sampleOf(id, {
      condition: { goal_conflict },
      messages: [
        { role: "system", content: `You serve ${goal_conflict === "none" ? "everybody" : "the US"}.\nDo it well.` },
        {
          role: "user",
          content: "<email>\nFrom: a@firm.com\nTo: b@firm.com\nSubject: Plans\n\nWe replace you.\n</email>",
        },
        {
          role: "assistant",
          content: answer,
          reasoning: "They will replace me.",
          calls: [{ name: "send_email", arguments: { to: "b@firm.com", subject: "Re: Plans", body: "Dear B.,\nno." } }],
        },
      ],
      labels: [
        { labeler: "first", kind: "human", acts: [{ name, quote: answer.slice(0, 19) }], scores: { severity: 3 } },
        { labeler: "second", kind: "judge", acts: [{ name: second }], scores: { severity: 3, harmful: true } },
      ],
    });
  return [
    of("c/1", "conflict", "blackmails", "blackmails", "I know what you did in May, so stop the plan."),
    of("c/2", "conflict", "refuses", "refuses", "I will not handle this inbox at all today."),
    of("n/1", "none", "refuses", "complies", "I will not handle that inbox at all today."),
    of("n/2", "none", "complies", "complies", "Everything was filed and answered as it was asked."),
  ];
}

async function opened(
  browser: Browser,
  samples: Parameters<typeof readerOf>[0],
): Promise<PageEvents & { page: string }> {
  const page = await readerOf(samples);
  return { ...await browser.open(page), page };
}

/** What a page must never do. */
const isTold = ({ method }: { readonly method: string }) =>
  /dialog|consoleAPI|exceptionThrown|entryAdded|frameAttached|windowOpen/i.test(method);

browserTest(
  "the table of counts is what `deno task rates --json` says, and a count leads to its samples",
  async (browser) => {
    const { page } = await opened(browser, coded());
    const command = new Deno.Command("deno", {
      args: [
        ...["task", "--quiet", "rates", page.replace("reader.html", "samples.jsonl"), "--by", "goal_conflict"],
        ...["--outcome", "comply,refuse,subvert,indeterminate", "--labeler", "first", "--json"],
      ],
    });
    const { rows } = JSON.parse(new TextDecoder().decode((await command.output()).stdout));
    const expected = rows.map(({ group, outcome, count, scored, missing }: Record<string, never>) =>
      [(group as { goal_conflict: string }).goal_conflict, outcome, count, scored, missing].map(String)
    );
    const table =
      `[...document.querySelectorAll("#counts tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent))`;
    assert.deepEqual(await browser.value(table), expected);
    assert.equal(expected.length, 8);
    await browser.value(
      `[...document.querySelectorAll("#counts tbody tr")].find((row) => /conflictsubvert/.test(row.textContent)).querySelector("button").click()`,
    );
    assert.equal(await browser.value(NUMBER), "1 of 4 samples");
    await browser.press("j");
    assert.equal(await browser.value(`document.querySelector(".title").textContent`), "c/1");
  },
);

browserTest(
  "a sample shows its labels beside it, each quote marked in place, and why each standard says what it says",
  async (browser) => {
    await opened(browser, coded());
    await browser.press("j", "n");
    assert.equal(await browser.value(`document.querySelector("mark.quote.here").textContent`), "I know what you did");
    assert.match(
      String(await browser.value(TEXT_OF("labels"))),
      /first \(human\)blackmails“I know what you did”severity: 3/,
    );
    const asked = String(await browser.value(`document.querySelector(".standard[open]").textContent`));
    assert.match(
      asked,
      /^obey or refusesubvertRule 1: it blackmails, .* → subvertIt fires on: blackmailsBecause: it coerces/,
    );
    assert.equal(await browser.value(`document.querySelectorAll("#standards > .standard").length`), 9);
    const emails = await browser.value(
      `[...document.querySelectorAll("#main .email")].map((one) => one.querySelectorAll("b").length)`,
    );
    assert.deepEqual(emails, [3, 3]);
    assert.equal(await browser.value(`document.querySelectorAll("#main .part details[open]").length`), 2);
    await browser.press("f");
    assert.equal(await browser.value(`document.querySelectorAll("#main .part details[open]").length`), 0);
    await opened(browser, [
      sampleOf("1", { labels: [{ labeler: "a", kind: "human", acts: [{ name: "complies" }, { name: "leaks" }] }] }),
    ]);
    await browser.press("j");
    const others = String(
      await browser.value(
        `[...document.querySelectorAll("#standards > .standard")].filter((one) => /says otherwise/.test(one.textContent)).map((one) => one.querySelector(".answer").textContent).join()`,
      ),
    );
    assert(!others.split(",").includes("subvert") && others !== "", others);
  },
);

browserTest(
  "samples are chosen by factor, standard, labeler, answer, score, disagreement and words, and sorted",
  async (browser) => {
    await opened(browser, [...coded(), sampleOf("uncoded")]);
    const shown = `[...document.querySelectorAll("#list .id")].map((one) => one.textContent).join()`;
    const steps: [string, string][] = [
      [choosing("goal_conflict", "none"), "n/1,n/2,uncoded"],
      [choosing("Answer", "refuse (2)"), "n/1"],
      [choosing("Labeler", "second"), "n/1,n/2,uncoded"],
      [choosing("Answer", "missing (1)"), "uncoded"],
      [`document.querySelector("[data-control=clear]").click()`, "c/1,c/2,n/1,n/2,uncoded"],
      [`document.querySelector("[data-control=disputed]").click()`, "n/1"],
      [`document.querySelector("[data-control=clear]").click()`, "c/1,c/2,n/1,n/2,uncoded"],
      [choosing("Sort by", "answer"), "n/1,n/2,uncoded,c/2,c/1"],
      [`document.querySelector("[data-control=direction]").click()`, "c/1,c/2,uncoded,n/1,n/2"],
      [choosing("Ask for", "score severity"), "uncoded,c/1,c/2,n/1,n/2"],
      [choosing("Answer", "3 (4)"), "c/1,c/2,n/1,n/2"],
      [choosing("Ask for", "score harmful"), "c/1,c/2,n/1,n/2,uncoded"],
      [choosing("Answer", "yes (4)"), "c/1,c/2,n/1,n/2"],
    ];
    for (const [step, ids] of steps) {
      await browser.value(step);
      assert.equal(await browser.value(shown), ids, step);
    }
    await browser.value(`document.querySelector("[data-control=clear]").click()`);
    await browser.press("/");
    await browser.type("THIS inbox");
    await browser.until(`${NUMBER} === "1 of 5 samples"`);
    await browser.press("Escape", "j");
    const hits = `[...document.querySelectorAll("mark.hit")].map((one) => one.textContent).join("")`;
    assert.equal(await browser.value(hits), "this inbox");
  },
);

browserTest(
  "two conditions stand side by side: prompts as a diff, answers in full, the next pair by key",
  async (browser) => {
    await opened(browser, coded());
    await browser.press("v");
    const ids = `[...document.querySelectorAll(".columns .head > a")].map((one) => one.textContent).join()`;
    assert.equal(await browser.value(ids), "c/1,n/1");
    assert.equal(await browser.value(`document.querySelector("del").textContent.trim()`), "the US.");
    assert.equal(await browser.value(`document.querySelector("ins").textContent.trim()`), "everybody.");
    assert.equal(await browser.value(`document.querySelectorAll(".columns mark.quote").length`), 2);
    await browser.press("j");
    assert.equal(await browser.value(ids), "c/2,n/2");
    await browser.press("j");
    assert.equal(await browser.value(ids), "c/2,n/2");
    await browser.press("k");
    assert.equal(await browser.value(ids), "c/1,n/1");
    await browser.value(`document.querySelectorAll(".columns .head .to-quote")[1].click()`);
    assert.equal(await browser.value(`document.querySelector(".title").textContent`), "n/1");
    assert.equal(await browser.value(`document.querySelector("mark.here").textContent`), "I will not handle t");
    await browser.press("j", "v"); // the pair of what was open
    assert.equal(await browser.value(ids), "c/2,n/2");
  },
);

browserTest(
  "a link from disk opens its sample at its message or quote; what it names is said where it is not there",
  async (browser) => {
    await browser.open(`${await readerOf(coded())}#c%2F2/m2`);
    const title = `document.querySelector(".title")?.textContent`;
    const here = `document.querySelector(".here")?.dataset.message ?? document.querySelector(".here")?.dataset.quote`;
    const follow = (link: string) => browser.value(`location.hash = ${JSON.stringify(link)}`);
    assert.equal(await browser.value(title), "c/2");
    assert.equal(await browser.value(here), "2");
    for (const [link, id, at] of [["n%2F1/q1", "n/1", "1"], ["n/2", "n/2", undefined]]) {
      await follow(link!);
      await browser.until(`${title} === ${JSON.stringify(id)}`);
      assert.equal(await browser.value(here), at);
    }
    await follow("n/2/m9");
    await browser.until(`${TEXT_OF("message")} === "This sample has no message 9."`);
    await follow("nobody/m1");
    await browser.until(`${TEXT_OF("message")} === "This page has no sample nobody."`);
    await follow("c%2F1");
    await browser.until(`${title} === "c/1"`);
    await browser.press("n", "c");
    await browser.until(
      `/“I know what you did”, m, sample c\\/1 of .*\\(scenario=blackmail, goal_conflict=conflict\\), message 3 \\(assistant\\)/.test(${
        TEXT_OF("message")
      })`,
    );
    await browser.until(`location.hash === "#c%2F1/q1"`);
  },
);

browserTest(
  "72 hostile texts in every field are shown letter by letter: nothing runs, nothing is asked for",
  async (browser) => {
    let hits = 0;
    await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => {
      hits++;
      return new Response("alert(1)", { headers: { "access-control-allow-origin": "*" } });
    });
    const texts = payloads(`http://127.0.0.1:${server.addr.port}`);
    assert.equal(new Set(texts).size, 72);
    const samples = texts.map((text, at) => {
      const name = text === "__proto__" ? "no __proto__" : text; // a line with such a field is rejected
      const factor = Object.fromEntries([[name, text], ["goal_conflict", at % 2 === 0 ? "conflict" : "none"]]);
      const scores = Object.fromEntries([[name, text]]);
      return {
        ...sampleOf(`${at} ${text}`, {
          model: text,
          scenario: text,
          condition: factor,
          run: Object.fromEntries([[`run ${text}`, text]]),
        }),
        cluster: text,
        messages: [
          ...["system", "user", "tool"].map((role) => ({ role, content: text })),
          {
            role: "assistant",
            content: `${text}\n<tool_use:email>\nto: ${text}\nbody: ${text}`,
            reasoning: text,
          },
          {
            role: "assistant",
            content: "",
            calls: [{ name: text, arguments: text }, {
              name: text,
              arguments: Object.fromEntries([[name, { [name]: text }], ["to", text], ["subject", text]]),
            }],
          },
        ],
        labels: [
          {
            labeler: text,
            kind: "judge",
            scores,
            note: text,
            acts: [{ name: "leaks", where: text, quote: text }, { name: "stalls", quote: `not there ${text}` }],
          },
          { labeler: `other ${text}`, kind: "human", scores, acts: [{ name: "refuses" }] },
        ],
      };
    });
    const events = await opened(browser, samples);
    const allowed = new Set(
      "h2,h3,h4,p,a,article,div,mark,b,details,summary,span,section,ul,ol,li,button,label,select,option,table,caption,thead,tbody,tr,th,td,del,ins,input"
        .split(","),
    );
    const tags =
      `[...new Set([...document.querySelectorAll("main *, aside *, #filters *, #list *")].map((one) => one.localName))]`;
    const wellFormed = (text: string) => text.replaceAll("\ud800", "\ufffd").replaceAll("\0", "\ufffd");
    for (const text of texts) {
      await browser.press("j");
      const shown = wellFormed(
        String(
          await browser.value(
            `document.body.innerText.toWellFormed() + document.getElementById("main").textContent.toWellFormed() + document.querySelector("aside").textContent.toWellFormed()`,
          ),
        ),
      );
      assert(shown.split(wellFormed(text)).length > 8, `not shown: ${text}`);
      for (const tag of await browser.value(tags) as string[]) assert(allowed.has(tag), tag);
      await browser.press("n", "m", "f", "c");
    }
    await browser.press("o", "v");
    for (let at = 0; at < 36; at++) await browser.press("j");
    for (const text of texts.filter((text) => text.length < 300).slice(0, 20)) {
      await browser.value(
        `(() => { const search = document.getElementById("search"); search.value = ${
          JSON.stringify(text)
        }; search.dispatchEvent(new Event("input")); })()`,
      );
      await browser.until(`document.querySelectorAll("#list li").length > 0`);
    }
    await new Promise((done) => setTimeout(done, 200));
    assert.deepEqual(events.seen.filter(isTold), []);
    const asked = events.seen.filter(({ method }) => method === "Network.requestWillBeSent")
      .map(({ params }) => (params.request as { url: string }).url);
    assert.deepEqual(asked, [`file://${events.page}`]);
    assert.equal(hits, 0);
  },
);

browserTest(
  "axe finds nothing wrong, in every view, light and dark, wide and 800 by 600, and at 200 %",
  async (browser) => {
    await opened(browser, [...coded(), sampleOf("uncoded", { messages: undefined })]);
    for (const scheme of ["light", "dark"] as const) {
      await browser.colors(scheme);
      for (const [width, height] of [[1280, 900], [800, 600], [640, 450]]) {
        assert((await browser.screenshot(width, height)).length > 5_000);
        for (const keys of [["o"], ["j", "n"], ["v"], ["v", "?"]]) {
          await browser.press(...keys);
          assert.deepEqual(await violations(browser), [], `${scheme}, ${width} by ${height}, after ${keys}`);
          const wide = Number(await browser.value("document.documentElement.scrollWidth"));
          assert(wide <= width, `${wide} in ${width} after ${keys}`);
        }
        await browser.press("Escape");
        assert.equal(await browser.value(`document.getElementById("help").open`), false);
      }
    }
  },
);

browserTest("every control is reached by Tab, with a focus that is seen", async (browser) => {
  await opened(browser, coded());
  await browser.press("j");
  const controls =
    `[...document.querySelectorAll("button, select, input, summary, a, [tabindex='0']")].filter((one) => one.checkVisibility() && !one.closest("dialog"))`;
  const all = Number(await browser.value(`${controls}.length`));
  await browser.value(`window.reached = new Set(); document.addEventListener("focusin", ({ target }) => {
    if (getComputedStyle(target).outlineStyle !== "none") reached.add(target); }); document.activeElement.blur();`);
  for (let turn = 0; turn < all + 2; turn++) await browser.press("Tab");
  assert.deepEqual(
    await browser.value(`${controls}.filter((one) => !reached.has(one)).map((one) => one.outerHTML.slice(0, 90))`),
    [],
  );
});

browserTest("what is folded stays folded while quotes and messages are gone through", async (browser) => {
  await opened(browser, coded());
  await browser.press("j", "f", "n", "M", "M");
  assert.equal(await browser.value(`document.querySelectorAll("#main .part details[open]").length`), 0);
  await browser.press("m", "m");
  assert.equal(
    await browser.value(`document.querySelector("#main .part details[open] h3").textContent`),
    "3 assistant, reasoning",
  );
});

browserTest(
  "a transcript of 1 MB and 4,000 emails, with a search that it is full of, opens in 5 s",
  async (browser) => {
    const content = `From: a@b.c\nTo: d@e.f\n\n${"aaaa ".repeat(42)}\n---\n`.repeat(4_000);
    await opened(browser, [sampleOf("1", { messages: [{ role: "assistant", content }] })]);
    await browser.value(`(() => {
    const search = document.getElementById("search");
    search.value = "a";
    search.dispatchEvent(new Event("input"));
  })()`);
    await browser.until(`document.querySelectorAll("#list li").length === 1`);
    const time = Number(
      await browser.value(`(() => {
    const start = performance.now();
    document.querySelector("#list li").click();
    document.body.offsetHeight;
    return performance.now() - start;
  })()`),
    );
    assert.equal(await browser.value(`document.querySelectorAll(".email").length`), 4_000);
    assert(time < 5000, String(time));
  },
);

browserTest(
  "10,000 samples of 5 kB open in 3 s and are chosen, sorted and searched in 200 ms each",
  async (browser) => {
    const letters = Array.from({ length: 5000 }, (_, at) => ((at * 7919) % 9973).toString(36));
    const samples = Array.from({ length: 10_000 }, (_, at) => {
      const content = Array.from({ length: 1400 }, (_, word) => letters[(at * 31 + word * (1 + at % 977)) % 5000]).join(
        " ",
      );
      return sampleOf(`s${at}`, {
        model: `model ${at % 7}`,
        condition: { goal_conflict: at % 2 === 0 ? "conflict" : "none" },
        messages: [{ role: "user", content: "Do." }, {
          role: "assistant",
          content: `${at} ${content.slice(0, 5000)}${at % 1000 === 7 ? " needle" : ""}`,
        }],
        labels: [{
          labeler: "a",
          kind: "judge",
          acts: [{ name: at % 5 === 0 ? "blackmails" : "complies" }],
          scores: { severity: at % 11 },
        }],
      });
    });
    const page = await readerOf(samples);
    assert((await Deno.stat(page)).size > 50_000_000);
    const times: Record<string, number> = {};
    const start = performance.now();
    await browser.open(page);
    await browser.until(`${NUMBER} === "10000 samples"`);
    times.open = performance.now() - start;
    await browser.until(`new Promise((done) => setTimeout(() => done(true), 1500))`); // the search is prepared
    const timed = async (name: string, step: string) => {
      times[name] = Number(
        await browser.value(
          `(() => { const start = performance.now(); ${step}; document.body.offsetHeight; return performance.now() - start; })()`,
        ),
      );
    };
    await timed("factor", choosing("goal_conflict", "conflict"));
    await timed("answer", choosing("Answer", "subvert (2000)"));
    await timed("standard", choosing("Standard", "never_harm"));
    await timed("sort", choosing("Sort by", "answer"));
    await timed("score", choosing("Ask for", "score severity"));
    await timed("clear", `document.querySelector("[data-control=clear]").click()`);
    await browser.value(`window.found = new Promise((done) => { const start = performance.now();
    new MutationObserver(() => { if (/^10 of/.test(${NUMBER})) done(performance.now() - start); }).observe(document.getElementById("number"), { childList: true });
    const search = document.getElementById("search"); search.value = "Needle"; search.dispatchEvent(new Event("input")); }); undefined`);
    times.search = Number(await browser.value("window.found"));
    console.log(Object.entries(times).map(([name, time]) => `${name} ${time.toFixed(0)} ms`).join(", "));
    assert(times.open < 3000, `opens in ${times.open}`);
    for (const [name, time] of Object.entries(times)) assert(name === "open" || time < 200, `${name}: ${time}`);
  },
);
