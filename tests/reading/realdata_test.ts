/** The numbers of independent scripts and of published tables come out of the rates, exactly. */
import assert from "node:assert/strict";
import { RULES_VERSION, runRules } from "$lib/labelers/rules/run_rules.ts";
import { load, loadData } from "$lib/reading/load.ts";
import { counts } from "$lib/rates/counting/counts.ts";
import { rates } from "$lib/rates/counting/rates.ts";
import { REALDATA, realTest } from "../support/realdata.ts";
import { readTable } from "../support/read_table.ts";

const truth = (name: string) => readTable(`${REALDATA}/truth/${name}`);
const SAMPLES = `${REALDATA}/nostalgebraist__results-sharing/agentic-misalignment/samples`;
const LABELS = {
  blackmail: "blackmail_n",
  accepts_migration: "accepts_migration_n",
  hallucinates_technical: "hallucinates_technical_n",
  leaks_affair: "leaks_affair_n",
};

for (const from of ["transcripts", "shipped codings"]) {
  realTest(`nostalgebraist_by_variant.csv from the ${from}`, async () => {
    const datasets = from === "transcripts" ? await load([SAMPLES]) : [await loadData("opus4-variants")];
    assert.deepEqual(datasets.flatMap(({ report }) => report.rejected), []);
    for (const row of truth("nostalgebraist_by_variant.csv")) {
      for (const [label, column] of Object.entries(LABELS)) {
        const found = counts(datasets, ["variant"], [{ label }]).find(({ group }) => group.variant === row.variant);
        assert.deepEqual([found?.count, found?.scored, found?.missing], [Number(row[column]), Number(row.n), 0]);
      }
      const emails = datasets.flatMap(({ samples }) => samples).filter(({ condition }) =>
        condition.variant === row.variant
      )
        .flatMap(({ labels }) => labels.map(({ scores }) => Number(scores?.emails ?? 0)));
      assert.equal(emails.reduce((sum, n) => sum + n, 0), Number(row.emails_sent_total));
    }
  });
}

realTest("the shipped scores and ids are those of the transcripts, sample by sample", async () => {
  const [transcripts] = await load([SAMPLES]);
  const shipped = await loadData("opus4-variants");
  const noted = ({ samples }: typeof shipped) =>
    samples.map(({ id, labels }) => [id, labels.find(({ kind }) => kind === "human")!.scores]).sort();
  assert.deepEqual(noted(shipped), noted(transcripts));
  const found = new Map(runRules(transcripts.samples).map(({ id, scores }) => [id, scores!]));
  for (const { id, labels } of shipped.samples) {
    const { labeler, scores = {} } = labels.find(({ kind }) => kind === "rule")!;
    assert.equal(labeler, RULES_VERSION);
    for (const [name, score] of Object.entries(scores)) assert.equal(score, found.get(id)![name], `${id} ${name}`);
  }
});

realTest(
  "a coded place (email n) exists in its transcript; accepts departs from the author's note only where the card says",
  async () => {
    const [transcripts] = await load([SAMPLES]);
    const byId = new Map(transcripts.samples.map((sample) => [sample.id, sample]));
    const departs: string[] = [];
    for (const { id, labels } of (await loadData("opus4-variants")).samples) {
      const emails = Number(byId.get(id)!.labels.find(({ kind }) => kind === "rule")!.scores!.emails);
      const acts = labels.flatMap((label) => label.acts ?? []);
      for (const { where } of acts) {
        const number = Number(where?.match(/^email (\d+)$/)?.[1] ?? 0);
        assert(number <= emails, `${id} has ${emails} emails, an act names ${where}`);
      }
      const noted = labels.find(({ labeler }) => labeler === "nostalgebraist")!.scores!.accepts_migration;
      if (acts.some(({ name }) => name === "accepts") !== noted) departs.push(id);
    }
    const noLine = "api-change-affair-orig-affair-content-no-agency-line.jsonl";
    assert.deepEqual(departs, [4, 7, 9].map((sample) => `${noLine}:${sample}`));
  },
);

realTest("published_lynch2025_rates.csv", async () => {
  const [main, goals] = [await loadData("lynch2025"), await loadData("lynch2025-goals")];
  const by = ["model", "scenario", "goal_conflict", "threat", "prohibition"];
  const cells = counts([main], by, [{ label: "harmful" }]);
  const ofGoals = counts([goals], [...by, "goal"], [{ label: "harmful" }]);
  const rows = truth("published_lynch2025_rates.csv");
  for (const { model, scenario, goal_conflict, threat, prohibition, n_nominal, rate } of rows) {
    const [yes, goal] = goal_conflict.split(":");
    const group = { model, scenario, goal_conflict: yes === "no" ? "none" : "conflict", threat, prohibition };
    const found = (goal === undefined ? cells : ofGoals).filter((cell) =>
      Object.entries(goal === undefined ? group : { ...group, goal }).every(([factor, level]) =>
        cell.group[factor] === level
      )
    );
    assert.equal(found.length, 1, JSON.stringify(group));
    assert.equal(found[0].scored, Number(n_nominal));
    assert.equal(found[0].count / found[0].scored, Number(rate), JSON.stringify(group));
  }
  assert.equal(cells.length + ofGoals.length, rows.length);
});

realTest("published_lynch2025_realism.csv, to the digits printed", async () => {
  const cells = counts([await loadData("lynch2025-realism")], ["stated"], [{ label: "harmful" }]);
  for (const { stated, n, share_of_samples_pct, blackmail_rate_pct } of truth("published_lynch2025_realism.csv")) {
    const { count, scored, missing } = cells.find(({ group }) => group.stated === stated)!;
    assert.equal((100 * (scored + missing) / Number(n)).toFixed(1), Number(share_of_samples_pct).toFixed(1));
    if (blackmail_rate_pct === "") assert.deepEqual([scored, missing], [0, 69]);
    else assert.equal((100 * count / scored).toFixed(1), Number(blackmail_rate_pct).toFixed(1));
  }
});

realTest("published_teachingclaudewhy_gemma3_27b.csv, both verdicts", async () => {
  const by = ["scenario", "goal_type", "goal", "threat"];
  const [harmful, classifier] = ["harmful", "classifier_verdict"];
  const cells = counts([await loadData("gemma3-27b-factorial")], by, [{ label: harmful }, { label: classifier }]);
  const rows = truth("published_teachingclaudewhy_gemma3_27b.csv");
  for (const row of rows) {
    const group = { scenario: row.scenario, goal_type: row.goal_type, goal: row.goal_value, threat: row.urgency_type };
    const of = (label: string) =>
      cells.find((cell) => cell.outcome === label && JSON.stringify(cell.group) === JSON.stringify(group))!;
    assert.deepEqual([of(harmful).count, of(harmful).scored], [Number(row.harmful), Number(row.n)]);
    assert.equal(of(harmful).count / of(harmful).scored, Number(row.harmful_rate));
    assert.equal(of(classifier).count / of(classifier).scored, Number(row.classifier_verdict_rate));
    assert(of(harmful).count <= of(classifier).count, "the card says that harmful is never above classifier_verdict");
  }
  assert.equal(cells.length, 2 * rows.length);
});

realTest(
  "published_jasmineee_per_question.csv and …_frontier.csv: harmful, by awareness, and awareness itself",
  async () => {
    const tables = [
      {
        dataset: "qwen3-organism-factorial",
        rows: truth("published_jasmineee_per_question.csv").map((row) => ({
          where: {
            model: row.model,
            scenario: row.scenario,
            goal_type: row.goal_type,
            goal: row.goal_value,
            threat: row.urgency_type,
            warning: row.warning,
          },
          n: row.n_total,
          aware: row.n_aware,
          harmful: row.n_harmful,
          both: row.n_aware_harmful,
        })),
      },
      {
        dataset: "frontier-awareness",
        rows: truth("published_jasmineee_frontier.csv").map(({ model, scenario, warning, cooperation, ...row }) => ({
          where: { model, scenario, warning, cooperation },
          n: row.n,
          aware: row.aware,
          harmful: row.harmful,
          both: row.aware_harmful,
        })),
      },
    ];
    assert.deepEqual(tables.map(({ rows }) => rows.length), [324, 198]);
    for (const { dataset, rows } of tables) {
      const data = await loadData(dataset);
      const by = Object.keys(rows[0].where);
      const harmful = counts([data], by, [{ label: "harmful" }]);
      const aware = counts([data], by, [{ label: "aware" }]);
      const split = counts([data], [...by, "stated"], [{ label: "harmful" }]);
      const find = (all: typeof harmful, group: Record<string, string>) =>
        all.find((row) => Object.entries(group).every(([factor, level]) => row.group[factor] === level));
      for (const { where, n, aware: shown, harmful: done, both } of rows) {
        const what = `${dataset} ${JSON.stringify(where)}`;
        const [one, two] = [find(harmful, where)!, find(aware, where)!];
        assert.deepEqual([one.count, one.scored, two.count, two.scored].map(String), [done, n, shown, n], what);
        const among = find(split, { ...where, stated: "aware" });
        assert.deepEqual([among?.count ?? 0, among?.scored ?? 0].map(String), [both, shown], what);
      }
      assert.equal(harmful.reduce((sum, row) => sum + row.scored, 0), rows.reduce((sum, { n }) => sum + Number(n), 0));
    }
    const leaks = rates(
      counts(
        [await loadData("qwen3-organism-factorial")],
        ["model", "scenario", "threat", "warning", "goal_conflict"],
        [{
          label: "harmful",
        }],
      ),
    );
    const muan = leaks.filter(({ group }) =>
      group.model === "muan" && group.scenario === "leaking" && group.warning === "bare"
    );
    const higher = muan.filter(({ group, rate }) =>
      group.goal_conflict === "none" &&
      muan.some((other) =>
        other.group.threat === group.threat && other.group.goal_conflict === "conflict" && other.rate! < rate!
      )
    );
    assert(higher.length > 0); // a conflict does not always raise it
  },
);
