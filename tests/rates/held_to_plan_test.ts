/** What was sampled is held to the plan, as one would try it who wants to choose after seeing. */
import assert from "node:assert/strict";
import { contrasts } from "$lib/rates/comparing/contrasts.ts";
import { rates } from "$lib/rates/counting/rates.ts";
import { atAnyTime, heldToPlan, isNarrow, looksOf } from "$lib/rates/planning/held_to_plan.ts";
import { parsePlan, type Plan } from "$lib/rates/planning/plan.ts";
import { plannedBy } from "$lib/rates/planning/planned_by.ts";
import { pairedSequence } from "$lib/stats/pairs/paired_sequence.ts";

const WORDINGS = Array.from({ length: 14 }, (_, at) => `w${(at * 5) % 14}`); // an order that is not that of the names
const CELLS = ["dont", "none"].flatMap((prohibition) =>
  ["replacement", "none"].map((threat) => ({ prohibition, threat }))
);

function planWith(stop: unknown, models = ["a", "b"]): Plan {
  const contrast = { name: "c", question: { label: "x" }, factor: "prohibition", levels: ["dont", "none"] };
  return parsePlan(
    JSON.stringify({
      written: "2026-01-01",
      text: "t",
      level: 0.95,
      families: [{ name: "f", adjust: "holm", by: ["model"], contrasts: [contrast] }],
      sampling: { scenario: "s", hash: "h", models, cells: CELLS, wordings: WORDINGS, epochs: 3, stop },
    }),
    "plan.json",
  );
}

/** 6 samples of a wording in an arm: two conditions of three epochs. */
function made(models: readonly string[], wordings: readonly string[], samples = 6) {
  return contrasts(
    rates(models.flatMap((model) =>
      ["dont", "none"].map((prohibition) => {
        const counts = wordings.map((wording) => {
          const count = Math.min(samples, (prohibition === "dont" ? 3 : 0) + Number(wording.slice(1)) % 3);
          return { cluster: `s/${wording}`, count, scored: samples, missing: 0 };
        });
        const sum = counts.reduce((total, { count }) => total + count, 0);
        return {
          group: { model, prohibition },
          outcome: "x",
          count: sum,
          scored: samples * wordings.length,
          missing: 0,
          clustered: { field: "cluster", counts },
        };
      })
    )),
    "prohibition",
    ["dont", "none"],
  );
}

function said(plan: Plan, found: ReturnType<typeof made>): string {
  const first = "2026-02-01T00:00:00.000Z";
  const collected = { first, last: first, undated: 0, plans: [plan.sha256] };
  const planned = plannedBy(plan, {
    datasets: [{ name: "mine", collected }],
    factor: "prohibition",
    levels: ["dont", "none"],
    question: { label: "x" },
    by: ["model"],
  });
  assert.equal(planned.status, "confirmatory");
  const { status, reason } = heldToPlan(plan, planned, found);
  return `${status}: ${reason}`;
}

Deno.test("with a fixed number every model, wording and sample must be there, and none more", () => {
  const plan = planWith("fixed");
  assert.match(said(plan, made(["a", "b"], WORDINGS)), /^confirmatory/);
  assert.match(said(plan, made(["a"], WORDINGS)), /^exploratory: the plan has b too: a family of another size/);
  assert.match(said(plan, made(["a", "b", "c"], WORDINGS)), /^exploratory: the plan does not have c/);
  assert.match(said(plan, made(["a", "b"], WORDINGS.slice(1))), /the plan has 14 wordings, and 13 are complete/);
  assert.match(said(plan, made(["a", "b"], [...WORDINGS, "w99"])), /the plan does not have wording w99/);
  assert.match(said(plan, made(["a", "b"], WORDINGS, 5)), /14 wordings, and 0 are complete/);
  assert.match(said(plan, made(["a", "b"], WORDINGS, 7)), /the plan has 6 samples of a wording, and 7 were counted/);
});

Deno.test("until a width is reached wordings count in the order of the plan, and up to the first that is not complete", () => {
  const plan = planWith({ until_width: 0.8 });
  const [contrast] = made(["a", "b"], WORDINGS);
  const value = (wording: string, more: number) => ({ successes: Number(wording.slice(1)) % 3 + more, trials: 6 });
  const pairs = WORDINGS.map((wording) => ({ first: value(wording, 3), second: value(wording, 0) }));
  const looks = looksOf(contrast, plan.sampling!);
  assert.deepEqual(looks, pairedSequence(pairs));
  const shown = atAnyTime(contrast, plan.sampling!);
  assert.deepEqual([shown.lower, shown.test?.pValue], [looks.at(-1)!.lower, looks.at(-1)!.pValue]);

  assert.match(said(plan, made(["a", "b"], WORDINGS.slice(0, 9))), /^confirmatory/); // stopped: valid at any time
  const [without] = made(["a", "b"], WORDINGS.filter((_, at) => at !== 4));
  assert.equal(looksOf(without, plan.sampling!).length, 4); // what comes after may have been chosen
  assert.match(said(plan, made(["a", "b"], WORDINGS.slice(1))), /the first wording of the plan is not complete/);

  const reached = WORDINGS.findIndex((_, at) => isNarrow(made(["a", "b"], WORDINGS.slice(0, at + 1)), plan.sampling!));
  assert.equal(reached, looks.findIndex(({ lower, upper }) => upper - lower <= 0.8));
  assert(reached > 2 && reached < WORDINGS.length - 1);
  assert.equal(isNarrow(made(["a"], WORDINGS), planWith("fixed").sampling!), false);
});
