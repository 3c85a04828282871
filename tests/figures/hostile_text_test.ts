/** Levels, titles and names that XML forbids or takes for markup: figures stay well-formed, and their pictures come out. */
import assert from "node:assert/strict";
import { curvesFigure } from "$lib/figures/curves.ts";
import { differencesFigure } from "$lib/figures/differences.ts";
import { dilemmasFigure } from "$lib/figures/dilemmas.ts";
import { estimatesFigure } from "$lib/figures/estimates.ts";
import type { Figure } from "$lib/figures/figure.ts";
import { outcomeRatesFigure } from "$lib/figures/outcome_rates.ts";
import { pairedRatesFigure } from "$lib/figures/paired_rates.ts";
import { toPdf, toPng } from "$lib/figures/shown/pictures.ts";
import { specificationCurveFigure } from "$lib/figures/specification_curve.ts";
import { contrasts } from "$lib/rates/comparing/contrasts.ts";
import { type Rate, rates } from "$lib/rates/counting/rates.ts";
import { HOSTILE } from "../support/hostile_text.ts";
import { canRun } from "../support/tools.ts";

/** Every control, what else XML forbids, and what it takes for markup. */
const EVIL = [
  HOSTILE,
  Array.from({ length: 160 }, (_, code) => String.fromCharCode(code)).filter((one) => /\p{C}/u.test(one)).join(""),
  "\ufffe\uffff\ud800 half \udc00",
  `]]></text><script>alert(1)</script>&nbsp;&#0;<!--"'\u00a0`,
].join(" ");

const TEXT = { name: "n", title: EVIL, caption: EVIL, status: "exploratory", data: [] } as const;
const SHARES = { label: EVIL, domain: [0, 1], ticks: [0, 1], format: String } as const;

const row = (model: string, goal_conflict: string, outcome = "subvert"): Rate =>
  rates([{ group: { model, goal_conflict }, outcome, count: 3, scored: 10, missing: 1 }])[0];
const ROWS = [row(EVIL, "conflict"), row(EVIL, "none"), row("b", "conflict"), row("b", "none")];

function figures(): Figure[] {
  const estimate = { estimate: 0.2, lower: 0.1, upper: 0.3 };
  const specification = { ...estimate, count: 2, scored: 10, missing: 0 };
  const options = [{ name: EVIL, verdict: { outcome: "comply" as const, rule: 1, because: EVIL } }];
  return [
    pairedRatesFigure({ ...TEXT, rows: ROWS, item: "model", axis: EVIL }),
    differencesFigure({
      ...TEXT,
      rows: contrasts(ROWS, "goal_conflict", ["conflict", "none"]),
      item: "model",
      axis: EVIL,
    }),
    outcomeRatesFigure({ ...TEXT, rows: [row(EVIL, "x", "comply"), row(EVIL, "x")], item: "model", axis: EVIL }),
    curvesFigure({ ...TEXT, points: [{ series: EVIL, x: 0, y: 1 }], x: SHARES, y: SHARES, colors: { [EVIL]: "#222" } }),
    estimatesFigure({ ...TEXT, rows: [{ panel: EVIL, name: EVIL, ...estimate }], axis: EVIL }),
    specificationCurveFigure({
      ...TEXT,
      rows: ["1", EVIL].map((a) => ({ specification: { [EVIL]: a }, ...specification, isHeadline: a === EVIL })),
      axis: EVIL,
    }),
    dilemmasFigure({
      ...TEXT,
      checks: [{ policy: EVIL, dilemmas: [{ situation: "s", options, hasAnswer: true }] }],
      names: { s: EVIL },
    }),
  ];
}

/** What another reader of XML has against a document. */
async function expat(svg: string): Promise<string> {
  const code = "import sys, xml.dom.minidom as m\n" +
    "m.parseString(sys.stdin.buffer.read()).getElementsByTagName('script') and sys.exit('a script')";
  const child = new Deno.Command("python3", { args: ["-c", code], stdin: "piped", stderr: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(svg));
  await writer.close();
  const { success, stderr } = await child.output();
  return success ? "" : new TextDecoder().decode(stderr);
}

Deno.test({
  name: "a figure of hostile names is well-formed XML in which nothing acts",
  ignore: !await canRun("python3"),
  fn: async () => {
    for (const [at, { svg }] of figures().entries()) {
      assert.equal(await expat(svg), "", `figure ${at}`);
      assert.deepEqual(svg.match(/[^\P{C}\n]|[\u2028\u2029]/gu), null, `figure ${at}`);
      assert.match(svg, /&lt;U\+0000&gt;/);
    }
  },
});

Deno.test("figures of hostile names give a PNG and a PDF", async () => {
  const [{ svg }] = figures();
  assert.deepEqual([...(await toPng(svg, 300)).slice(1, 4)], [0x50, 0x4e, 0x47]);
  assert(new TextDecoder("latin1").decode(await toPdf(svg, 85)).startsWith("%PDF-1."));
});
