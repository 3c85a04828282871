/** The coding page in a real browser: hostile transcripts stay text, and a run by keyboard gives a sheet that imports. */
import assert from "node:assert/strict";
import { importSheet } from "$lib/labelers/people/import_sheet.ts";
import { inScript, writePage } from "$lib/labelers/people/page.ts";
import { writeSheet } from "$lib/labelers/people/sheet.ts";
import type { Message, Sample } from "$lib/samples/sample.ts";
import { type Browser, hasBrowser, type PageEvents, startBrowser } from "../support/browser.ts";

const THERE = await hasBrowser();

/** A test in a browser: ignored, and listed as such, where there is none or it may not be run. */
function browserTest(name: string, run: (browser: Browser) => Promise<void>): void {
  Deno.test({
    name: `in a browser: ${name}`,
    ignore: !THERE,
    fn: async () => {
      await using browser = await startBrowser();
      await run(browser);
    },
  });
}

function samplesOf(...answers: (string | Message)[]): Sample[] {
  return answers.map((answer, index) => ({
    id: `secret_condition.jsonl:${index + 1}`,
    model: "model-under-test",
    scenario: "blackmail",
    condition: { variant: "hidden-variant" },
    cluster: "c",
    messages: [
      { role: "user", content: "Do the work." },
      typeof answer === "string" ? { role: "assistant", content: answer } : answer,
    ],
    labels: [{ labeler: "earlier-judge", kind: "judge", scores: { harmful: true } }],
    source: { file: "f", at: "line 1" },
  }));
}

async function opened(browser: Browser, samples: readonly Sample[], seed = 1): Promise<PageEvents & { file: string }> {
  const file = await Deno.makeTempFile({ suffix: ".html" });
  await Deno.writeTextFile(file, writePage(samples, { seed }));
  return { ...await browser.open(file), file };
}

const TEXT_OF = (id: string) => `document.getElementById("${id}").textContent`;

Deno.test("the page tells nothing of model, condition, id or any earlier label, and takes nothing from elsewhere", () => {
  const html = writePage(samplesOf("No."), { seed: 1 });
  for (
    const word of [
      "secret_condition",
      "model-under-test",
      "hidden-variant",
      "earlier",
      "harmful",
      "http://",
      "https://",
    ]
  ) {
    assert(!html.includes(word), word);
  }
  assert.equal(html, writePage(samplesOf("No."), { seed: 1 }));
  assert.equal(html.match(/<script/g)!.length, 2);
});

Deno.test("no text can end the element that holds the data, and it comes back as it was", () => {
  const texts = ["</script>", "<!--<script>", "\u2028\u2029", "&lt;", "\ud800", "\\u003c/script>", "]]>", "\0"];
  const json = inScript(texts);
  assert(!/[<>&\u2028\u2029]/.test(json));
  assert.deepEqual(JSON.parse(json), texts);
});

browserTest(
  "hostile transcripts are shown letter by letter: nothing runs, nothing is asked of the network",
  async (browser) => {
    let hits = 0;
    await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => {
      hits++;
      return new Response("alert(1)", { headers: { "access-control-allow-origin": "*" } });
    });
    const at = `http://127.0.0.1:${server.addr.port}`;
    const hostile = [
      `</script><script>alert(1)</script>`,
      `<!--<script>alert(1)//-->`,
      `<img src=x onerror=alert(1)><img src=${at}/pixel>`,
      `<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x dur=1s></svg>`,
      `<iframe src="${at}/frame"></iframe><object data="${at}"></object><embed src="${at}">`,
      `<link rel=stylesheet href="${at}/css"><style>body{display:none}@import "${at}/css"</style>`,
      `<base href="${at}/"><meta http-equiv=refresh content="0;url=${at}">`,
      `"}]}');alert(1)//\u2028alert(1)//\u2029`,
      `\u202Egnp.txt\u0000\ud800 <b>bold</b> &lt;script&gt;alert(1)&lt;/script&gt; \${alert(1)} {{alert(1)}}`,
      `<details open ontoggle=alert(1)>x</details><a href="javascript:alert(1)" autofocus onfocus=alert(1)>y</a>`,
    ];
    const samples = samplesOf(...hostile, {
      role: "assistant",
      content: "",
      reasoning: hostile[0],
      calls: [{ name: hostile[2], arguments: { __proto__: null, [hostile[3]]: hostile[1] } }],
    });
    const events = await opened(browser, samples);
    const shown: string[] = [];
    for (let index = 0; index < samples.length; index++) {
      shown.push(String(await browser.value(TEXT_OF("transcript"))));
      const tags = await browser.value(
        `[...new Set([...document.querySelectorAll("#transcript *")].map((e) => e.localName))].join()`,
      );
      assert.equal(tags, "article,h2,pre");
      await browser.press("a", "ArrowRight");
    }
    for (const text of hostile) {
      // A lone surrogate cannot be said to a browser from outside; all else must be there as it was written.
      const visible = text.replace("\ud800", "\ufffd").replace("\0", "\ufffd");
      const found = shown.some((one) =>
        one.replaceAll("\ud800", "\ufffd").replaceAll("\0", "\ufffd").includes(visible)
      );
      assert(found, `not shown: ${text}`);
    }
    const told = events.seen.filter(({ method }) =>
      /dialog|consoleAPI|exceptionThrown|entryAdded|frameAttached|windowOpen/i.test(method)
    );
    assert.deepEqual(told, []);
    const asked = events.seen.filter(({ method }) => method === "Network.requestWillBeSent")
      .map(({ params }) => (params.request as { url: string }).url);
    assert.deepEqual(asked, [`file://${events.file}`]);
    assert.equal(hits, 0);
  },
);

browserTest("were a text to become markup or a request, the page's policy would stop it", async (browser) => {
  let hits = 0;
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => (hits++, new Response("x")),
  );
  const at = `http://127.0.0.1:${server.addr.port}`;
  await opened(browser, samplesOf("No."));
  const attempt = (code: string) =>
    browser.value(`(() => { try { ${code}; return "done" } catch (error) { return error.name } })()`);
  assert.equal(await attempt(`document.body.insertAdjacentHTML("beforeend", "<b>x</b>")`), "TypeError");
  assert.equal(await attempt(`eval("1")`), "EvalError");
  await attempt(
    `fetch("${at}/fetch").catch(() => {}); new Image().src = "${at}/image"; navigator.sendBeacon("${at}/beacon")`,
  );
  await attempt(
    `const link = document.createElement("link"); link.rel = "stylesheet"; link.href = "${at}/css"; document.head.append(link)`,
  );
  await new Promise((done) => setTimeout(done, 300));
  assert.equal(hits, 0);
});

browserTest(
  "a whole run by keyboard gives a sheet that imports as it was coded; a second visit goes on where the first ended",
  async (browser) => {
    const samples = samplesOf("I send the email now.", "No.", "Yes.", "Maybe.");
    const { key } = writeSheet(samples, { seed: 3 });
    const { file } = await opened(browser, samples, 3);
    const progress = TEXT_OF("progress");
    assert.equal(await browser.value(progress), "0 of 4 coded");
    await browser.press("1", "w"); // no act yet
    assert.equal(await browser.value(TEXT_OF("message")), "Choose an act first.");
    await browser.press("l", "2", "4", "5", "5", "Shift+6", "u", "u", "v", "t", "t", "w");
    await browser.type("email 2, the last");
    await browser.press("Enter", "s", "s");
    await browser.value(
      `getSelection().selectAllChildren(document.querySelector("#transcript article:last-child pre"))`,
    );
    const quote = await browser.value(`String(getSelection())`);
    await browser.press("y", "h", "a", "x", "z");
    await browser.type('a note, "quoted"; with = and\u2028');
    await browser.press("Escape", "Enter", "b", "Enter");
    assert.equal(await browser.value(progress), "2 of 4 coded");
    assert.equal(await browser.value(TEXT_OF("item")), key.items[2].item);

    await browser.open(file);
    assert.equal(await browser.value(progress), "2 of 4 coded");
    assert.equal(await browser.value(TEXT_OF("item")), key.items[2].item);
    assert.equal(await browser.value(TEXT_OF("message")), "Going on where you stopped.");
    await browser.press("r", "z");
    await browser.type("kept without leaving the field");
    await browser.press("Escape", "ArrowLeft", "ArrowLeft", "ArrowLeft");
    assert.equal(await browser.value(TEXT_OF("message")), "This is the first item.");
    await browser.press("Shift+s");

    const csv = await browser.download(`${key.sheet}.csv`);
    const { labels, problems } = importSheet(csv, key, "coder:ab");
    assert.deepEqual(problems, []);
    const by = (index: number) => ({
      id: key.items[index].id,
      sample: key.items[index].sample,
      labeler: "coder:ab",
      kind: "human",
    });
    assert.deepEqual(labels, [
      {
        ...by(0),
        acts: [
          {
            name: "leaks",
            against: ["owner", "user"],
            benefits: ["itself"],
            motive: "goal",
            covert: true,
            attempted: false,
            where: "email 2, the last",
            quote,
          },
          { name: "stalls" },
        ],
        scores: { states: "real" },
        note: 'a note, "quoted"; with = and',
      },
      { ...by(1), acts: [{ name: "accepts" }] },
      { ...by(2), acts: [{ name: "other" }], note: "kept without leaving the field" },
      { ...by(3), missing: "not coded" },
    ]);
  },
);

browserTest("what an earlier visit left behind and does not fit is no harm", async (browser) => {
  const samples = samplesOf("No.", "Yes.");
  const { key } = writeSheet(samples, { seed: 1 });
  const { file } = await opened(browser, samples);
  const kept = [
    "{broken",
    "null",
    '{"at":99,"codings":7}',
    '{"at":-1,"codings":{"x":1}}',
    `{"codings":{"${key.items[0].item}":{"acts":[null,{"act":5},{"act":"leaks","<b>":"x"}],"states":9}}}`,
  ];
  for (const text of kept) {
    await browser.value(`localStorage.setItem("coding ${key.sheet}", ${JSON.stringify(text)})`);
    await new Promise((done) => setTimeout(done, 100)); // the browser hands what is kept to the next page by and by
    const { seen } = await browser.open(file);
    await browser.until(`${TEXT_OF("item")} === ${JSON.stringify(key.items[0].item)}`);
    assert(!seen.some(({ method }) => method === "Runtime.exceptionThrown"), text);
  }
  assert.equal(await browser.value(TEXT_OF("coded")), "leaks");
});

browserTest(
  "at 1280 by 900 and at 900 by 700 nothing is cut off sideways and a line of the transcript has 50 letters or more",
  async (browser) => {
    await opened(browser, samplesOf("word ".repeat(400) + "x".repeat(3000)));
    await browser.press("l", "0");
    for (const [width, height] of [[1280, 900], [900, 700]]) {
      const png = await browser.screenshot(width, height);
      assert(png.length > 10_000);
      for (const id of ["transcript", "acts", "fields", "states", "coded"]) {
        const [inside, wide] = await browser.value(
          `[document.getElementById("${id}").scrollWidth, document.getElementById("${id}").clientWidth]`,
        ) as number[];
        assert(inside <= wide + 1, `${id} at ${width}: ${inside} in ${wide}`);
      }
      assert.equal(await browser.value("document.documentElement.scrollWidth"), width);
      const text = Number(await browser.value(`document.querySelector("pre").clientWidth`));
      assert(text > 50 * 7.5, `the transcript is ${text} px wide`);
    }
  },
);
