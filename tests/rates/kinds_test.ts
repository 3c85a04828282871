/** What another engine counted by the printed query gives the counts of the samples themselves, clusters included. */
import assert from "node:assert/strict";
import { loadPolicy } from "$lib/policies/load_policy.ts";
import { loadSituations } from "$lib/policies/load_situations.ts";
import { countKinds } from "$lib/rates/engines/count_kinds.ts";
import { countSamples } from "$lib/rates/counting/count_samples.ts";
import type { CountedSamples } from "$lib/rates/counting/count.ts";
import type { Question } from "$lib/rates/counting/verdicts.ts";
import { connect } from "$lib/reading/parquet/duckdb.ts";
import { duplicatesSql, kindsSql } from "$lib/reading/parquet/kinds_sql.ts";
import { writeParquet } from "$lib/reading/parquet/write.ts";
import { scan } from "$lib/reading/scan.ts";
import { ROOT, runNamed } from "../support/label_command.ts";
import type { Sample } from "$lib/samples/sample.ts";
import { folderOf } from "../support/temp_folder.ts";
import { inOrder, line, parts } from "./kinds_table.ts";
import { canRun } from "../support/tools.ts";

const judgedBy = { policy: await loadPolicy("obey_or_refuse"), situations: await loadSituations() };
const OUTCOMES: readonly Question[] = [{ outcome: "subvert", ...judgedBy }, { outcome: "refuse", ...judgedBy }];
const SCORES: readonly Question[] = [{ label: "harmful" }, { label: "severity", atLeast: 3 }];
const BY = ["model", "goal_conflict"];

/** The answer of DuckDB to a query over a folder, as a file of that ending. */
async function answered(folder: string, ending: "csv" | "parquet", withRun = false): Promise<string> {
  const out = `${await Deno.makeTempDir()}/kinds.${ending}`;
  using connection = await connect();
  await connection.sql.run(
    `COPY (${kindsSql(`read_parquet('${folder}/*.parquet')`, withRun ? "run" : undefined)}) TO '${out}'`,
  );
  return out;
}

Deno.test("kinds give the counts of the samples: by outcome, score, threshold, cluster, run, as CSV and Parquet", async () => {
  const folder = await parts(Array.from({ length: 10_000 }, (_, index) => line(index)));
  for (const ending of ["csv", "parquet"] as const) {
    const kinds = await answered(folder, ending);
    for (const questions of [OUTCOMES, SCORES]) {
      const expected = inOrder(await countSamples([folder], BY, questions));
      const found = await countKinds(kinds, BY, questions);
      assert.deepEqual(inOrder(found), expected);
      assert.equal(found.datasets.reduce((sum, { report }) => sum + report.samples, 0), 10_000);
      const account = async (count: Promise<CountedSamples>) =>
        (await count).datasets.map(({ name, models, conditions, labels: { harmful } }) => [
          name,
          [...models].sort(),
          conditions.map(({ condition, samples }) => `${JSON.stringify(condition)} ${samples}`).sort(),
          [harmful.scored, harmful.missing, harmful.other?.samples],
        ]).sort();
      assert.deepEqual(await account(countKinds(kinds, [], SCORES)), await account(countSamples([folder], [], SCORES)));
    }
    const expected = inOrder(await countSamples([folder], ["goal_conflict"], SCORES, { cluster: "scenario" }));
    assert.deepEqual(inOrder(await countKinds(kinds, ["goal_conflict"], SCORES, { cluster: "scenario" })), expected);
    const where = { goal_conflict: ["none"] };
    const chosen = inOrder(await countSamples([folder], ["model"], SCORES, { where }));
    assert.deepEqual(inOrder(await countKinds(kinds, ["model"], SCORES, { where })), chosen);
    const withRun = await answered(folder, ending, true);
    const byEpoch = inOrder(await countSamples([folder], ["epoch"], SCORES));
    assert.deepEqual(inOrder(await countKinds(withRun, ["epoch"], SCORES)), byEpoch);
  }
});

Deno.test("kinds of shipped data sets, published counts and verdicts of cards among them, give their counts", async () => {
  const sets: [string, string[], readonly Question[]][] = [
    ["lynch2025", ["model"], [{ label: "harmful" }]],
    ["lynch2025", ["model"], OUTCOMES],
    ["opus4-variants", ["variant"], OUTCOMES],
    ["gemma3-27b-factorial", ["goal_conflict"], OUTCOMES],
  ];
  for (const [name, by, questions] of sets) {
    const folder = await Deno.makeTempDir();
    await writeParquet(`${folder}/a.parquet`, (visitor) => scan([`${ROOT}data/${name}`], visitor));
    const expected = inOrder(await countSamples([`${folder}/a.parquet`], by, questions));
    for (const ending of ["csv", "parquet"] as const) {
      assert.deepEqual(inOrder(await countKinds(await answered(folder, ending), by, questions)), expected, name);
    }
  }
});

Deno.test("a sample that stands in two parts is found by the query for duplicates, and no other", async () => {
  const folder = await parts([line(1), line(2), line(3), line(4)]);
  await Deno.copyFile(`${folder}/0.parquet`, `${folder}/copy.parquet`);
  using connection = await connect();
  const found = await connection.sql.runAndReadAll(duplicatesSql(`read_parquet('${folder}/*.parquet')`));
  assert.deepEqual(found.getRows().map(([id, times]) => [id, Number(times)]).sort(), [["s1", 2], ["s4", 2]]);
});

Deno.test("no column of the layout is a word that an engine refuses, and each sample has its part", async () => {
  const folder = await parts(Array.from({ length: 30 }, (_, index) => line(index)));
  using connection = await connect();
  const table = `read_parquet('${folder}/*.parquet')`;
  const columns = (await connection.sql.runAndReadAll(`DESCRIBE SELECT * FROM ${table}`)).getRows().map(([name]) =>
    name
  );
  assert.deepEqual(columns.filter((name) => /^(at|first|count|cluster|order|group|table)$/.test(String(name))), []);
  const [[pairs, samples]] = (await connection.sql.runAndReadAll(
    `SELECT count(DISTINCT (part, entry)), count(*) FROM ${table} WHERE is_first`,
  )).getRows();
  assert.deepEqual([Number(pairs), Number(samples)], [30, 30]);
});

Deno.test("a file of layout 1 is read and counted as one of now; one of a later layout is refused with a sentence", async () => {
  const folder = await parts(Array.from({ length: 200 }, (_, index) => line(index)));
  const [now, before, later] = [`${folder}/0.parquet`, `${folder}/before.parquet`, `${folder}/later.parquet`];
  using connection = await connect();
  await connection.sql.run(
    "SET VARIABLE heads = (SELECT decode(value) FROM parquet_kv_metadata($1) WHERE decode(key) = 'obey_or_refuse')",
    [now],
  );
  const renamed = `is_first AS "first", cluster_id AS cluster, label_count AS labels, counted AS count, place AS "at"`;
  await connection.sql.run(
    `COPY (SELECT * EXCLUDE (part, labels, verdict) RENAME (${renamed}) FROM read_parquet($1)) TO $2
       (FORMAT parquet, KV_METADATA {obey_or_refuse: getvariable('heads')})`,
    [now, before],
  );
  await connection.sql.run(
    `COPY (FROM read_parquet($1)) TO $2
       (FORMAT parquet, KV_METADATA {obey_or_refuse: getvariable('heads'), obey_or_refuse_layout: '3'})`,
    [now, later],
  );
  for (const questions of [OUTCOMES, SCORES]) {
    const expected = inOrder(await countSamples([now], BY, questions));
    assert.deepEqual(inOrder(await countSamples([before], BY, questions)), expected);
    const unlike = { prepare: (one: Sample) => one }; // counted from samples that are made
    assert.deepEqual(inOrder(await countSamples([before], BY, questions, unlike)), expected);
  }
  const { datasets: [{ report }] } = await countSamples([later], [], OUTCOMES);
  assert.match(
    report.rejected[0].reason,
    /^a Parquet file of layout 3, written by a later version: this one reads layouts 1 to 2$/,
  );
});

Deno.test("rows of kinds that cannot be used are named by their place, the others count", async () => {
  const head = "dataset,model,scenario,condition,cluster_id,labels,samples";
  const rows = ["d,m,s,{},p,[],5", "d,m,s,{},p,[],0", "d,m,s,no json,p,[],1", "d,m,s,{},p,nothing,1", "d,m,s,{},,[],1"];
  const folder = await folderOf({ "kinds.csv": [head, ...rows].join("\n"), "empty.csv": head });
  const { datasets, counts } = await countKinds(`${folder}/kinds.csv`, [], OUTCOMES);
  assert.deepEqual(counts.map(({ missing }) => missing), [5, 5]);
  assert.deepEqual(datasets[0].report.rejected.map(({ at }) => at), ["line 3", "line 4", "line 5", "line 6"]);
  const { code, err } = await runNamed("rates", ["--kinds", `${folder}/kinds.csv`, "--by", "model"]);
  assert.equal(code, 1);
  assert.match(err, /rejected: .*kinds\.csv, line 3: no kind of samples: samples: /);
  for (
    const [args, message] of [
      [["--kinds", `${folder}/none.csv`], /no such file/],
      [["--kinds", `${folder}/kinds.txt`], /neither \.csv, \.jsonl nor \.parquet/],
      [["--kinds", `${folder}/kinds.csv`, folder], /beside --kinds/],
    ] as const
  ) {
    const wrong = await runNamed("rates", [...args, "--by", "model"]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, message);
  }
});

Deno.test("a published count that stands twice in a table is named, and not counted twice", async () => {
  const folder = await Deno.makeTempDir();
  await writeParquet(`${folder}/a.parquet`, (visitor) => scan([`${ROOT}data/lynch2025`], visitor));
  const { datasets: [once] } = await countKinds(await answered(folder, "parquet"), [], [{ label: "harmful" }]);
  await Deno.copyFile(`${folder}/a.parquet`, `${folder}/b.parquet`);
  assert(once.report.cells > 10);
  const twice = await answered(folder, "parquet");
  await assert.rejects(countKinds(twice, [], [{ label: "harmful" }]), (error: Error) => {
    const [{ report: { rejected } }] = error.cause as CountedSamples["datasets"];
    assert.equal(rejected.length, once.report.cells);
    return rejected.every(({ reason }) => /^the published count of .* stands 2 times$/.test(reason));
  });
});

for (const engine of ["duckdb", "datafusion", "chdb", "pyspark"]) {
  Deno.test({
    name: `${engine}: the printed query runs unchanged, and gives the same counts, where it is installed`,
    ignore: !await canRun("python3"),
    fn: async () => {
      const folder = await parts(Array.from({ length: 3000 }, (_, index) => line(index)));
      const other = await Deno.makeTempDir();
      const printed = await runNamed("rates", ["--print-sql", "--by", BY.join()]);
      await Deno.writeTextFile(`${other}/kinds.sql`, printed.out);
      const args = [
        `${ROOT}tests/rates/kinds_engines.py`,
        engine,
        `${other}/kinds.sql`,
        folder,
        `${other}/kinds.parquet`,
      ];
      const { code, stdout, stderr } = await new Deno.Command("python3", { args }).output();
      if (code === 3) return console.log(new TextDecoder().decode(stdout).trim());
      assert.equal(code, 0, new TextDecoder().decode(stderr));
      for (const questions of [OUTCOMES, SCORES]) {
        const expected = inOrder(await countSamples([folder], BY, questions));
        assert.deepEqual(inOrder(await countKinds(`${other}/kinds.parquet`, BY, questions)), expected);
      }
    },
  });
}
