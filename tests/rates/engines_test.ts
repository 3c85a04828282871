/** Tables that an engine counts: folders that are columns, patterns, copies, and Spark where it is installed. */
import assert from "node:assert/strict";
import { countSamples } from "$lib/rates/counting/count_samples.ts";
import { duckdbTable } from "$lib/rates/engines/duckdb_table.ts";
import { countTable } from "$lib/rates/engines/table.ts";
import { narrowed } from "$lib/commands/narrow.ts";
import { writeParquet } from "$lib/reading/parquet/write.ts";
import { connect } from "$lib/reading/parquet/duckdb.ts";
import { scan } from "$lib/reading/scan.ts";
import { folderOf } from "../support/temp_folder.ts";
import { inOrder, line, partitioned, parts } from "./kinds_table.ts";
import { runNamed } from "../support/label_command.ts";

const SCORES = [{ label: "harmful" }, { label: "severity", atLeast: 3 }] as const;
const lines = (count: number) => Array.from({ length: count }, (_, index) => line(index));

Deno.test("folders that are columns give the counts of the files they were made from, by factor, run and level", async () => {
  const folder = await parts(lines(10_000));
  const apart = { paths: [await partitioned(folder, ["model", "cluster_id"])], partitions: true };
  for (
    const [by, options] of [
      [["model", "goal_conflict"], {}],
      [["epoch"], {}],
      [["goal_conflict"], { cluster: "scenario" }],
      [["model"], { where: { goal_conflict: ["none"], epoch: ["1"] } }],
    ] as const
  ) {
    const expected = inOrder(await countSamples([folder], by, SCORES, options));
    const { engine, ...found } = await countTable(duckdbTable, apart, by, SCORES, options);
    assert.deepEqual(inOrder(found), expected);
    assert.match(engine, /^DuckDB v/);
    assert.deepEqual(inOrder(await countTable(duckdbTable, { paths: [folder] }, by, SCORES, options)), expected);
  }
  const [part] = (await Array.fromAsync(Deno.readDir(apart.paths[0]))).map(({ name }) => name).sort();
  const one = await runNamed("rates", [
    ...[
      `${apart.paths[0]}/${part.slice(0, -1)}*/*/*.parquet`,
      "--partitions",
      "--label",
      "severity",
      "--at-least",
      "3",
    ],
  ]);
  assert.match(one.out, /^severity: \d+\/\d+ \(/);
  assert.match(one.err, /note: counted by DuckDB v/);
});

Deno.test("10,000 samples and 100 copies: the same counts from JSONL, from one Parquet file and from an engine", async () => {
  const once = lines(10_000);
  const all = [...once, ...once.filter((_, index) => index % 100 === 7)];
  const jsonl = `${await folderOf({ "all.jsonl": all.join("\n") })}/all.jsonl`;
  const file = `${await Deno.makeTempDir()}/all.parquet`;
  await writeParquet(file, (visitor) => scan([jsonl], visitor), true);
  for (const [by, options] of [[["model", "goal_conflict"], {}], [["epoch"], { cluster: "scenario" }]] as const) {
    const read = await countSamples([jsonl], by, SCORES, options);
    assert.equal(read.datasets[0].report.duplicated.length, 100);
    const expected = inOrder(read);
    assert.equal(expected.counts.reduce((sum, { scored, missing }) => sum + scored + missing, 0), 2 * 10_000);
    assert.deepEqual(inOrder(await countSamples([file], by, SCORES, options)), expected);
    assert.deepEqual(inOrder(await countTable(duckdbTable, { paths: [file] }, by, SCORES, options)), expected);
  }
});

Deno.test("a figure of a table, and of the answer to the printed query, is the figure of its file, byte for byte", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/all.parquet`;
  const jsonl = `${await folderOf({ "all.jsonl": lines(2000).reverse().join("\n") })}/all.jsonl`;
  await writeParquet(file, (visitor) => scan([jsonl], visitor), true);
  const { out: query } = await runNamed("rates", ["--print-sql", "--table", `'${file}'`]);
  using connection = await connect();
  await connection.sql.run(`COPY (${query}) TO '${folder}/kinds.parquet'`);
  const drawn: string[] = [];
  for (const from of [[file], [file, "--partitions"], ["--kinds", `${folder}/kinds.parquet`]]) {
    const out = `${folder}/${drawn.length}.svg`;
    const asked = ["--factor", "goal_conflict", "--label", "severity", "--at-least", "3", "--out", out];
    const { err } = await runNamed("figure", [...from, ...asked]);
    drawn.push((await Deno.readTextFile(out).catch(() => err)).replaceAll(/figure-\d+|\d\.svg/g, ""));
  }
  assert.match(drawn[0], /<svg/);
  assert.equal(drawn[1], drawn[0]);
  assert.equal(drawn[2], drawn[0]);
});

Deno.test("without --partitions a folder model=x is a name, and its files lack a column, which is said", async () => {
  const apart = await partitioned(await parts(lines(50)), ["model"]);
  await assert.rejects(
    countTable(duckdbTable, { paths: [apart] }, [], SCORES),
    /has no column model: .*--partitions says so/,
  );
  await assert.rejects(
    countTable(duckdbTable, { paths: [`${apart}/*/*.parquet`] }, [], SCORES),
    /^SyntaxError: Cannot read .* as Parquet: .*No files found/,
  );
});

Deno.test("rows of a file of another layout in a table are named, and do not vanish", async () => {
  const folder = await parts(lines(50));
  using connection = await connect();
  await connection.sql.run(
    `COPY (SELECT * EXCLUDE (part, labels, verdict) RENAME (is_first AS first, label_count AS labels)
     FROM read_parquet('${folder}/0.parquet')) TO '${folder}/earlier.parquet' (FORMAT parquet)`,
  );
  const { counts, datasets } = await countTable(duckdbTable, { paths: [folder] }, [], SCORES);
  assert.equal(counts[0].scored + counts[0].missing, 50);
  const rejected = datasets.flatMap(({ report }) => report.rejected);
  assert(rejected.length > 0, "nothing is named");
});

Deno.test("a table that holds a sample twice is refused, and the sample named", async () => {
  const folder = await parts(lines(4));
  await Deno.copyFile(`${folder}/0.parquet`, `${folder}/copy.parquet`);
  await assert.rejects(
    countTable(duckdbTable, { paths: [folder] }, [], SCORES),
    /as sample s\d stands in it 2 times, and it is not alone: write the table without copies/,
  );
  const { code, err } = await runNamed("rates", [folder, "--partitions", "--label", "harmful"]);
  assert.equal(code, 2);
  assert.match(err, /stands in it 2 times/);
});

Deno.test("wrong engines and what does not go with one are told; only the engine that is named may be run", async () => {
  const folder = await parts(lines(4));
  const labels = `${folder}/labels.jsonl`;
  await Deno.writeTextFile(labels, "");
  for (
    const [args, message] of [
      [["--engine", "sparkk"], /engines are duckdb, spark/],
      [["--partitions", "--samples", "a.csv"], /does not name samples/],
      [["--partitions", "--labels", labels], /Cannot join --labels to a table that an engine counts: join them before/],
    ] as const
  ) {
    const { code, err } = await runNamed("rates", [folder, "--label", "harmful", ...args]);
    assert.equal(code, 2);
    assert.match(err, message);
  }
  const flags = (...args: string[]) =>
    narrowed(["rates.ts", "--", ...args], "/").filter((flag) => /allow-run/.test(flag));
  assert.deepEqual(flags("x", "--engine", "spark"), ["--allow-run=spark-sql"]);
  assert.deepEqual(flags("x", "--engine=spark"), ["--allow-run=spark-sql"]);
  assert.deepEqual([flags("x"), flags("x", "--engine", "duckdb"), flags("x", "--engine", "rm")], [[], [], []]);
});

Deno.test("Spark counts a table as it is counted here, rates, contrasts and figures, where it is installed", async () => {
  const folder = await parts(lines(10_000));
  const apart = await partitioned(folder, ["scenario", "dataset"]); // DuckDB and Spark write other scripts in names differently
  const asked = ["--by", "model", "--label", "severity", "--at-least", "3", "--json"];
  const found = await runNamed("rates", [apart, ...asked, "--engine", "spark", "--partitions"]);
  if (/no spark-sql on the path/.test(found.err)) return console.log("skipped: spark-sql is not installed here");
  const expected = await runNamed("rates", [folder, ...asked]);
  const sorted = ({ out }: { out: string }) =>
    JSON.parse(out).rows.sort((a: { group: { model: string } }, b: typeof a) => a.group.model < b.group.model ? -1 : 1);
  assert.equal(found.code, 0, found.err);
  assert.deepEqual(sorted(found), sorted(expected));
  assert.match(found.err, /note: counted by Spark \d/);
  const compared = [folder, "--factor", "goal_conflict", "--levels", "conflict,none", "--outcome", "refuse", "--json"];
  const spark = await runNamed("contrasts", [...compared, "--engine", "spark"]);
  assert.deepEqual(JSON.parse(spark.out), JSON.parse((await runNamed("contrasts", compared)).out), spark.err);
});
