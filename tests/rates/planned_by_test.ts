/** What a plan can make confirmatory, and what it cannot. */
import assert from "node:assert/strict";
import { loadData } from "$lib/reading/load.ts";
import { momentOf } from "$lib/samples/collected.ts";
import { claimBelow } from "$lib/rates/planning/claim_below.ts";
import { type Compared, plannedBy } from "$lib/rates/planning/planned_by.ts";
import { loadPlan, parsePlan, sealOf } from "$lib/rates/planning/plan.ts";
import { family } from "$lib/rates/comparing/family.ts";
import { contrasts } from "$lib/rates/comparing/contrasts.ts";
import { rates } from "$lib/rates/counting/rates.ts";
import { guaranteedInterval } from "$lib/stats/clusters/guaranteed_interval.ts";
import { clopperPearson } from "$lib/stats/one_rate/clopper_pearson.ts";

const FIRST = "2026-12-01T09:00:00.000Z";
const MINE = { name: "mine", collected: { first: FIRST, last: FIRST, undated: 0, plans: [] } };
const COMPARISON: Compared = {
  datasets: [MINE],
  factor: "goal_conflict",
  levels: ["conflict", "none"],
  question: { label: "harmful" },
  by: ["model"],
};

Deno.test("a comparison is confirmatory only as it stands in the plan, and the reason says what it has otherwise", async () => {
  const plan = await loadPlan();
  const said = (change: Partial<Compared>) => {
    const { status, reason } = plannedBy(plan, { ...COMPARISON, ...change });
    return `${status}: ${reason}`;
  };
  assert.match(said({}), /^confirmatory: planned on 2026-11-22: .* \(goal conflict\)$/);
  const changes: [Partial<Compared>, RegExp][] = [
    [{ datasets: [] }, /there are no data/],
    [{ levels: ["none", "conflict"] }, /plan has levels conflict minus none, not levels none minus conflict/],
    [{ factor: "threat" }, /plan has factor goal_conflict or factor prohibition, not factor threat/],
    [{ question: { label: "classifier_verdict" } }, /not label classifier_verdict/],
    [{ question: { label: "harmful", labeler: "the kind one" } }, /not label harmful by labeler the kind one/],
    [{ within: { scenario: "leaking" } }, /within nothing, not a comparison within scenario=leaking/],
    [{ by: [] }, /a family by model, not a family by nothing/],
    [{ by: ["model", "scenario"] }, /a family by model, not a family by model, scenario/],
    [{ chosen: ["--interval"] }, /plan does not have --interval/],
  ];
  for (const [change, reason] of changes) assert.match(said(change), new RegExp(`^exploratory: .*${reason.source}`));
});

Deno.test("data are confirmatory only if every sample is dated, all after the plan, and none was known or published", async () => {
  const plan = await loadPlan();
  const said = (...datasets: Compared["datasets"]) => plannedBy(plan, { ...COMPARISON, datasets }).reason;
  const collected = (first: string | null, undated = 0) => ({ first, last: first, undated, plans: [] });
  assert.match(said(MINE), /^planned on/);
  assert.match(
    said(MINE, { name: "old", collected: collected("2026-11-20T00:00:00.000Z") }),
    /first sample of old of 2026-11-20/,
  );
  assert.match(said({ name: "x", collected: collected("2026-11-22T23:00:00.000Z") }), /the plan is of 2026-11-22 and/);
  assert.match(said({ name: "x", collected: collected("2026-11-23T00:00:00.000Z") }), /^planned on/);
  assert.match(said({ name: "x", collected: collected(null, 4) }), /does not say when its samples were made/);
  assert.match(said({ name: "x", collected: collected(FIRST, 1) }), /^1 samples of x do not say/);
  assert.match(said({ name: "x", card: { collected: "2026-12-01" }, collected: collected(null, 4) }), /^planned on/);
  assert.match(
    said({ name: "x", card: { collected: "2026-12-01" }, collected: collected("2026-11-01T00:00:00.000Z") }),
    /first sample/,
  );
  const lynch = await loadData("lynch2025");
  assert.match(said(lynch), /lynch2025 holds published counts/);
  const { cells, ...report } = lynch.report;
  const copy = { ...MINE, report: { ...report, cells: cells - 7 } }; // one model left out
  assert.match(said(copy), /mine holds published counts/);
  const opus = await loadData("opus4-variants");
  assert.match(said(opus), /opus4-variants was known when the plan was written/);
  assert.match(said({ ...MINE, files: opus.files }), /mine was known/); // the same data under another name
});

Deno.test("a plan of the same day counts by its instant, and a sealed one that was edited counts no more", async () => {
  const { sha256: _, isChanged: __, ...fields } = await loadPlan();
  const written = (date: string) => parsePlan(JSON.stringify({ ...fields, written: date }), "mine.json");
  const status = (plan: ReturnType<typeof written>) => plannedBy(plan, COMPARISON).status;
  assert.equal(status(written("2026-12-01T08:59:59Z")), "confirmatory");
  assert.equal(status(written("2026-12-01T09:59:00+02:00")), "confirmatory");
  for (const late of ["2026-12-01", "2026-12-01T09:00:00Z", "2026-12-01T10:30:00+01:00", "2027-01-01"]) {
    assert.equal(status(written(late)), "exploratory", late);
  }
  const sealed = { ...fields, seal: sealOf(fields) };
  assert.equal(status(parsePlan(JSON.stringify(sealed, null, 2), "mine.json")), "confirmatory");
  const edited = { ...sealed, level: 0.9 };
  assert.match(plannedBy(parsePlan(JSON.stringify(edited), "x"), COMPARISON).reason, /changed after it was written/);
  assert.throws(() => written("soon"), /must be a day such as 2026-01-31/);
});

Deno.test("dates are told apart from what is none, and a day lasts to its end", () => {
  for (const none of ["", "1", "soon", "2026-13-01", "01/02/2026", "1970-01-01T00:00:00.000Z", "2026-12-01T9:00"]) {
    assert.equal(momentOf(none), undefined, none);
  }
  assert.equal(momentOf("2026-12-01T09:00:00.5Z"), Date.UTC(2026, 11, 1, 9) + 500);
  assert.equal(momentOf("2026-12-01 09:00"), Date.UTC(2026, 11, 1, 9));
  assert.equal(momentOf("2026-12-01", "last")! - momentOf("2026-12-01")!, 86_399_999);
});

Deno.test("comparisons of the family that were not made stay in it: adjusted values are those of the largest they could be", () => {
  const row = (model: string, threat: string, count: number) => (
    { group: { model, threat }, outcome: "subvert", count, scored: 20, missing: 0 }
  );
  const rows = rates([row("a", "on", 9), row("a", "off", 1), row("b", "on", 12), row("b", "off", 4)]);
  const found = contrasts(rows, "threat", ["on", "off"]);
  const [alone, inFour] = [family(found), family(found, 4)];
  assert.equal(alone.length, inFour.length);
  const least = Math.min(...inFour.map(({ pValue }) => pValue!));
  assert.equal(Math.min(...inFour.map(({ holm }) => holm!)), 4 * least);
  for (const [at, { holm, benjaminiHochberg }] of inFour.entries()) {
    assert(holm! >= alone[at].holm! && benjaminiHochberg! >= alone[at].benjaminiHochberg!);
  }
});

Deno.test("a claim of below is shown by the bound of what was sampled, over prompts by the guaranteed one, missing as events", () => {
  const counts = Array.from({ length: 60 }, (_, at) => ({ cluster: `p${at}`, count: 0, scored: 10, missing: 0 }));
  const count = { group: {}, outcome: "subvert", count: 0, scored: 600, missing: 0 };
  const over = { ...count, clustered: { field: "cluster", counts } };
  const pooled = claimBelow(count, 0.05);
  assert.equal(pooled.upper, clopperPearson(0, 600, 0.9).upper);
  assert.deepEqual([pooled.isShown, pooled.over], [true, "prompts not recorded"]);
  const prompts = claimBelow(over, 0.05); // 600 samples say little of prompts that fire rarely
  const expected = guaranteedInterval(counts.map(() => ({ successes: 0, trials: 10 })), 0.9).upper;
  assert.deepEqual([prompts.upper, prompts.over, prompts.isShown], [expected, "prompts", expected < 0.05]);
  assert(prompts.upper! > 10 * pooled.upper!);
  assert(claimBelow(over, 0.05, 10).upper! > prompts.upper!);
  const gap = { ...count, scored: 590, missing: 10 };
  assert.equal(claimBelow(gap, 0.05).upper, clopperPearson(10, 600, 0.9).upper);
});
