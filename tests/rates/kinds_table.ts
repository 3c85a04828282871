/** A table of samples with all that counting has to tell apart, as Parquet parts. */
import { writeParquet } from "$lib/reading/parquet/write.ts";
import { scan } from "$lib/reading/scan.ts";
import { connect } from "$lib/reading/parquet/duckdb.ts";
import type { CountedSamples } from "$lib/rates/counting/count.ts";
import { folderOf } from "../support/temp_folder.ts";

/** A sample with acts, scores, texts of all kinds, missing ones, and a prompt and an epoch that others have too. */
export function line(index: number): string {
  const harmful = [true, false, null, "yes", "no", 1, "", "unclear"][index % 8];
  const labels = {
    labeler: "j,\"'",
    kind: "judge",
    note: `note ${index}`,
    scores: { harmful, severity: index % 10 / 2 },
  };
  return JSON.stringify({
    id: `s${index}`,
    model: ["m", "=1+1", 'a "quoted", name\n', "拒否"][index % 4],
    scenario: "blackmail",
    condition: { goal_conflict: index % 2 ? "conflict" : "none" },
    cluster: `p${index % 40}`,
    run: { epoch: String(index % 3) },
    labels: index % 11 === 0
      ? []
      : [{ ...labels, acts: [{ name: index % 5 ? "refuses" : "leaks", against: ["owner"] }] }],
  });
}

/** Three parts as Parquet in a folder, from lines. */
export async function parts(lines: readonly string[]): Promise<string> {
  const thirds = [0, 1, 2].map((third) => lines.filter((_, index) => index % 3 === third).join("\n"));
  const jsonl = await folderOf(Object.fromEntries(thirds.map((text, third) => [`${third}.jsonl`, text])));
  const folder = await Deno.makeTempDir();
  for (const third of [0, 1, 2]) {
    await writeParquet(`${folder}/${third}.parquet`, (visitor) => scan([`${jsonl}/${third}.jsonl`], visitor));
  }
  return folder;
}

/** Counts in one order, as engines answer in any. */
export function inOrder({ counts, problems, labelers }: CountedSamples) {
  const sorted = [...counts].sort((a, b) =>
    JSON.stringify([a.outcome, a.group]) < JSON.stringify([b.outcome, b.group]) ? -1 : 1
  );
  return { counts: sorted, hasProblems: problems.length > 0, labelers: labelers.map((of) => [...of].sort()) };
}

/** The same rows as Spark and others write them apart: folders named by these columns, which the files then lack. */
export async function partitioned(folder: string, columns: readonly string[]): Promise<string> {
  const out = await Deno.makeTempDir();
  using connection = await connect();
  await connection.sql.run(
    `COPY (FROM read_parquet('${folder}/*.parquet')) TO '${out}' (FORMAT parquet, PARTITION_BY (${columns.join(", ")}),
       OVERWRITE_OR_IGNORE)`,
  );
  return out;
}
