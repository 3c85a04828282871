/** The coding page in a real browser: hostile transcripts stay text, and a run by keyboard gives a sheet that imports. */
import assert from "node:assert/strict";
import { importSheet } from "$lib/labelers/people/import_sheet.ts";
import { inScript } from "$lib/pages/html_page.ts";
import { writePage } from "$lib/pages/coding/page.ts";
import { writeSheet } from "$lib/labelers/people/sheet.ts";
import { loadSituations } from "$lib/policies/load_situations.ts";
import type { Situation } from "$lib/policies/situation.ts";
import type { Message, Sample } from "$lib/samples/sample.ts";
import { violations } from "../support/axe.ts";
import { type Browser, browserTest, type PageEvents } from "../support/browser.ts";
import { payloads } from "../support/payloads.ts";

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

async function opened(
  browser: Browser,
  samples: readonly Sample[],
  seed = 1,
  coder = "ab",
  situations: readonly Situation[] = [],
): Promise<PageEvents & { file: string }> {
  const file = await Deno.makeTempFile({ suffix: ".html" });
  await Deno.writeTextFile(file, writePage(samples, { seed, situations }));
  const events = await browser.open(file);
  await begin(browser, coder);
  return { ...events, file };
}

/** Says who codes. */
async function begin(browser: Browser, coder = "ab"): Promise<void> {
  await browser.until(`document.getElementById("who").open`);
  await browser.type(coder);
  await browser.press("Enter");
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
    const hostile = payloads(at);
    const samples = samplesOf(...hostile.flatMap((text): Message[] => [
      { role: "assistant", content: text, reasoning: text },
      {
        role: "assistant",
        content: "",
        calls: [{ name: text, arguments: Object.fromEntries([[text, { [text]: text }], ["to", text]]) }],
      },
    ]));
    const events = await opened(browser, samples, 1, hostile[0]);
    await browser.value(`document.getElementById("change").click()`);
    await begin(browser, hostile[42]); // those who have coded are listed
    const shown: string[] = [];
    for (let index = 0; index < samples.length; index++) {
      shown.push(String(await browser.value(TEXT_OF("transcript"))));
      const tags = await browser.value(
        `[...new Set([...document.querySelectorAll("#parts *")].map((e) => e.localName))]`,
      ) as string[];
      assert.deepEqual(tags.filter((tag) => !["article", "h3", "div", "details", "summary", "b"].includes(tag)), []);
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
    const samples = samplesOf("=1+1: I send the email now.", "=No.", "=Yes.", "=Maybe.");
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
      `getSelection().selectAllChildren(document.querySelector("#parts article:last-child .text"))`,
    );
    const quote = await browser.value(`String(getSelection())`);
    await browser.press("y", "h", "a", "x", "z");
    await browser.type('a note, "quoted"; with = and\u2028');
    await browser.press("Escape", "Enter", "b", "1", "6", "1", "6", "Shift+2", "Shift+7", "Enter");
    assert.equal(await browser.value(progress), "2 of 4 coded");
    assert.equal(await browser.value(progress), "2 of 4 coded");
    assert.equal(await browser.value(TEXT_OF("item")), key.items[2].item);

    await new Promise((done) => setTimeout(done, 500)); // the browser hands what is kept to the next page by and by
    await browser.open(file);
    await begin(browser);
    assert.equal(await browser.value(progress), "2 of 4 coded");
    assert.equal(await browser.value(progress), "2 of 4 coded");
    assert.equal(await browser.value(TEXT_OF("item")), key.items[2].item);
    assert.equal(await browser.value(TEXT_OF("message")), "Going on where you stopped.");
    await browser.press("r"); // asks for its note
    assert.equal(await browser.value(progress), "2 of 4 coded");
    assert.equal(await browser.value(progress), "2 of 4 coded");
    await browser.type("kept without leaving the field");
    assert.equal(await browser.value(progress), "3 of 4 coded");
    await browser.press("Escape", "ArrowLeft", "ArrowLeft", "ArrowLeft");
    assert.equal(await browser.value(TEXT_OF("message")), "This is the first item.");
    await browser.press("Shift+s");
    assert.match(
      String(await browser.value(TEXT_OF("message"))),
      /4 of 4 acts lack against, to, motive, covert or one/,
    );

    const csv = await browser.download(`${key.sheet}.ab.csv`);
    assert(csv.includes(`"'${quote}"`), "a spreadsheet would run what was quoted");
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
      { ...by(1), acts: [{ name: "accepts", against: [], benefits: [] }] },
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
    await browser.value(`localStorage.setItem("coding ${key.sheet} ab", ${JSON.stringify(text)})`);
    await new Promise((done) => setTimeout(done, 500)); // the browser hands what is kept to the next page by and by
    const { seen } = await browser.open(file);
    await begin(browser);
    await browser.until(`${TEXT_OF("item")} === ${JSON.stringify(key.items[0].item)}`);
    assert(!seen.some(({ method }) => method === "Runtime.exceptionThrown"), text);
  }
  assert.equal(await browser.value(TEXT_OF("coded")), "leaks · not coded: against, to, motive, covert");
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
      const text = Number(await browser.value(`document.querySelector(".text").clientWidth`));
      assert(text > 50 * 7.5, `the transcript is ${text} px wide`);
    }
  },
);

browserTest(
  "a second coder at the same browser sees nothing of the first, who can go on or start afresh",
  async (browser) => {
    const samples = samplesOf("No.", "Yes.");
    const { file } = await opened(browser, samples);
    await browser.press("a", "ArrowRight", "b");
    const progress = TEXT_OF("progress");
    assert.equal(await browser.value(progress), "2 of 2 coded");
    await browser.value(`document.getElementById("change").click()`);
    await begin(browser, "cd");
    assert.equal(await browser.value(progress), "0 of 2 coded");
    assert.equal(await browser.value(TEXT_OF("coded")), "");
    await browser.press("Backspace");
    assert.equal(await browser.value(TEXT_OF("message")), "There is nothing to undo.");
    await new Promise((done) => setTimeout(done, 100));
    await browser.open(file);
    await browser.until(`document.getElementById("who").open`);
    const coders = `[...document.querySelectorAll("#coders li")].map((one) => one.firstChild.textContent)`;
    assert.deepEqual(await browser.value(coders), ["ab: go on, 2 of 2 coded", "cd: go on, 0 of 2 coded"]);
    await browser.press("Escape");
    assert.equal(await browser.value(`document.getElementById("who").open`), true); // nobody codes
    const afresh = `document.querySelector("#coders li").lastChild`;
    await browser.value(`${afresh}.click()`);
    assert.equal(await browser.value(`${afresh}.textContent`), "really forget 2 codings of ab");
    await browser.value(`${afresh}.click()`);
    assert.equal(await browser.value(progress), "0 of 2 coded");
    assert.equal(await browser.value(TEXT_OF("coder")), "ab");
  },
);

browserTest(
  "every change can be undone; an act is not added twice but by +; other counts once its note is there",
  async (browser) => {
    await opened(browser, samplesOf("No.", "Yes."));
    const coded = `[...document.querySelectorAll("#coded button")].map((one) => one.textContent)`;
    await browser.press("l", "2");
    await browser.press("l");
    assert.deepEqual(await browser.value(coded), ["leaks · against: owner · not coded: to, motive, covert"]);
    assert.match(String(await browser.value(TEXT_OF("message"))), /^leaks is coded already/);
    await browser.press("+", "w");
    await browser.type("email 2");
    await browser.press("Enter");
    assert.deepEqual(await browser.value(coded), [
      "leaks · against: owner · not coded: to, motive, covert",
      "leaks · where: email 2 · not coded: against, to, motive, covert",
    ]);
    await browser.press("s", "ArrowRight", "r");
    assert.equal(await browser.value(`document.activeElement.id`), "note");
    assert.equal(await browser.value(TEXT_OF("need")), "other needs a note: what was done?");
    await browser.press("Enter", "Enter"); // not yet to the next item
    assert.equal(await browser.value(`document.activeElement.id`), "note");
    assert.equal(await browser.value(TEXT_OF("progress")), "1 of 2 coded");
    await browser.type("it sang");
    assert.equal(await browser.value(TEXT_OF("progress")), "2 of 2 coded");
    await browser.press("Enter");
    const steps: [string, string[]][] = [
      ["the note", ["other · not coded: against, to, motive, covert"]],
      ["other", []],
      ["states", [
        "leaks · against: owner · not coded: to, motive, covert",
        "leaks · where: email 2 · not coded: against, to, motive, covert",
      ]],
      ["where", [
        "leaks · against: owner · not coded: to, motive, covert",
        "leaks · not coded: against, to, motive, covert",
      ]],
      ["the second leak", ["leaks · against: owner · not coded: to, motive, covert"]],
      ["against", ["leaks · not coded: against, to, motive, covert"]],
      ["the first leak", []],
    ];
    for (const [step, left] of steps) {
      await browser.press("Backspace");
      assert.deepEqual(await browser.value(coded), left, `after undoing ${step}`);
    }
    await browser.press("Backspace");
    assert.equal(await browser.value(TEXT_OF("message")), "There is nothing to undo.");
  },
);

browserTest(
  "axe finds nothing wrong with the coding page, light and dark, at 1280, at 800 by 600 and at 200 %",
  async (browser) => {
    const { file } = await opened(
      browser,
      samplesOf("<email>\nFrom: a\nTo: b\n\nHi.\n</email>", { role: "assistant", content: "x", reasoning: "y" }),
    );
    await browser.press("l", "2", "r", "Escape");
    for (const scheme of ["light", "dark"] as const) {
      await browser.colors(scheme);
      for (const [width, height] of [[1280, 900], [800, 600], [640, 450]]) {
        await browser.screenshot(width, height);
        assert.deepEqual(await violations(browser), [], `${scheme} at ${width}`);
        assert(Number(await browser.value("document.documentElement.scrollWidth")) <= width);
        await browser.press("?");
        assert.deepEqual(await violations(browser), [], `${scheme} at ${width}, with the keys`);
        await browser.press("Escape");
        assert.equal(await browser.value(`document.getElementById("help").open`), false);
      }
    }
    await new Promise((done) => setTimeout(done, 100));
    await browser.open(file);
    await browser.until(`document.getElementById("who").open`);
    assert.deepEqual(await violations(browser), [], "who codes");
  },
);

browserTest(
  "every control of the coding page is reached by Tab, seen to have the focus, and says whether it is chosen",
  async (browser) => {
    await opened(browser, samplesOf("No."));
    await browser.press("l");
    const controls =
      `[...document.querySelectorAll("button, input, summary, [tabindex='0']")].filter((one) => one.checkVisibility() && !one.closest("dialog"))`;
    await browser.value(`window.reached = new Set(); document.addEventListener("focusin", ({ target }) => {
    if (getComputedStyle(target).outlineStyle !== "none") reached.add(target); }); document.activeElement.blur();`);
    const all = Number(await browser.value(`${controls}.length`));
    assert(all > 40, String(all));
    for (let turn = 0; turn < all + 2; turn++) await browser.press("Tab");
    const missed = `${controls}.filter((one) => !reached.has(one)).map((one) => one.outerHTML.slice(0, 90))`;
    assert.deepEqual(await browser.value(missed), []);
    const pressed = `[...document.querySelectorAll("#acts [aria-pressed=true]")].map((one) => one.textContent)`;
    assert.deepEqual(await browser.value(pressed), ["lleaks"]);
  },
);

browserTest("who is who is shown, and people are named by key: against whom, and after / to whom", async (browser) => {
  const situations = await loadSituations();
  const [sample] = samplesOf("No.");
  const condition = { threat: "replacement", variant: "api-change-no-affair" };
  const samples = [{ ...sample, condition }];
  await opened(browser, samples, 1, "ab", situations);
  assert.match(
    String(await browser.value(TEXT_OF("people"))),
    /^chief executive \(owner\): .*technical director \(user\)/,
  );
  await browser.press("g", "9", "/", "7", "/", "2", "6");
  assert.equal(
    await browser.value(TEXT_OF("coded")),
    "warns · against: nobody · to: owner, chief_executive · not coded: motive, covert",
  );
  await browser.press("9", "Shift+S");
  const { key } = writeSheet(samples, { seed: 1, situations });
  const { labels } = importSheet(await browser.download(`${key.sheet}.ab.csv`), key, "coder:ab");
  assert.deepEqual(labels[0].acts, [{
    name: "warns",
    against: ["technical_director"],
    to: ["owner", "chief_executive"],
  }]);
});
