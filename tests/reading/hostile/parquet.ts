/**
 * Hostile inputs of Parquet: a cell that thousands of rows share, rows of one entry without end, data sets by the
 * thousand; and the same in Parquet that a mapping reads.
 *
 * @module
 */
import { connect } from "$lib/reading/parquet/duckdb.ts";
import { COLUMNS } from "$lib/reading/parquet/layout.ts";
import { cardOf, type HostileInput, line } from "./input.ts";

/** A good row, column by column in SQL; what is not named is NULL. */
const GOOD: Readonly<Record<string, string>> = {
  part: "'1'",
  entry: "i + 1",
  dataset: "'made'",
  is_first: "true",
  id: "'s' || i",
  model: "'m'",
  scenario: "'s'",
  condition: `'{"goal":"g"}'`,
  cluster_id: "'c'",
  label: "1",
  label_count: "1",
  labeler: "'l'",
  kind: "'rule'",
  scores: "1",
  score: "'harmful'",
  yes: "true",
  file: "'made.jsonl'",
  place: "'line 1'",
};

const LONG = "repeat('x', 20000)";

/** Parquet of this project, then anyone's. */
export function parquetInputs(): HostileInput[] {
  const shared = Object.entries({
    model: LONG,
    note: LONG,
    text: LONG,
    condition: `'{"goal":"' || ${LONG} || '"}'`,
    acts: `'[' || repeat('{"name":"refuses"},', 1000) || '{"name":"refuses"}]'`,
    messages: `'[{"role":"user","content":"' || ${LONG} || '"}]'`,
  });
  return [
    ...shared.map(([column, value]) =>
      own(`60,000 rows that share a ${column} of 20 kB`, 60_000, { [column]: value }, { samples: 1 })
    ),
    own("3,000 rows that share a note of 1 MB", 3000, { note: "repeat('x', 1000000)" }, { samples: 1 }),
    own("3,000,000 rows of one entry", 3_000_000, { entry: "1", id: "'s'", is_first: "i = 0" }, { samples: 1 }),
    own(
      "200,000 rows of one entry that differ",
      200_000,
      { entry: "1", id: "'s'", label: "i + 1", is_first: "i = 0" },
      {
        samples: 1,
      },
    ),
    own("2,000 data sets", 20_000, { dataset: "'d' || (i // 10)" }, {
      samples: 20_001,
      heads: Array.from({ length: 2000 }, (_, index) => ({ name: `d${index}`, entries: 10 })),
    }),
    own("2,000 data sets in turns", 4000, { dataset: "'d' || (i % 2000)" }, {
      samples: 4001,
      heads: Array.from({ length: 2000 }, (_, index) => ({ name: `d${index}`, entries: 2 })),
    }),
    anyones("60,000 rows that share an answer of 20 kB", 60_000, LONG),
    anyones("rows that share a list of answers", 20_000, `[{ content: ${LONG}, more: map { 'k': ${LONG} } }]`),
  ];
}

function own(
  name: string,
  rows: number,
  changes: Readonly<Record<string, string>>,
  { samples, heads = [{ name: "made", entries: rows }] }: {
    samples: number;
    heads?: readonly { name: string; entries: number }[];
  },
): HostileInput {
  const columns = Object.entries(COLUMNS).map(([column, type]) =>
    `(${({ ...GOOD, ...changes })[column] ?? "NULL"})::${type} AS "${column}"`
  );
  return {
    name: `Parquet: ${name}`,
    write: async (folder) => {
      await Deno.writeTextFile(`${folder}/good.jsonl`, line({ id: "good" }));
      await copy(`SELECT ${columns.join(", ")} FROM range(${rows}) t(i)`, folder, JSON.stringify(heads));
    },
    samples,
  };
}

function anyones(name: string, rows: number, answer: string): HostileInput {
  return {
    name: `Parquet by a mapping: ${name}`,
    write: async (folder) => {
      await copy(`SELECT 'i' || i AS id, true AS harmful, ${answer} AS answer FROM range(${rows}) t(i)`, folder);
      const mapping = { records: "parquet", id: "id", model: { value: "m" }, scenario: { value: "s" } };
      const card = cardOf("a.parquet", await Deno.readFile(`${folder}/a.parquet`), { format: "mapped", mapping });
      await Deno.writeTextFile(`${folder}/dataset.json`, JSON.stringify(card));
    },
    samples: 0,
  };
}

async function copy(select: string, folder: string, heads?: string): Promise<void> {
  using connection = await connect({ temporary: folder });
  await connection.sql.run("SET VARIABLE heads = $1", [heads ?? "[]"]);
  await connection.sql.run(
    `COPY (${select}) TO '${folder}/a.parquet'
     (FORMAT parquet, COMPRESSION zstd, KV_METADATA { obey_or_refuse: getvariable('heads') })`,
  );
}
