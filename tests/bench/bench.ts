/**
 * `deno task bench [--write]`: each piece of work here and as a user would write it instead, in one run, as one table.
 *
 * Every measurement is a process of its own, in turns, so that a busy machine is busy for all; the median of
 * {@linkcode TIMES} counts. With `--write` the table goes into lib/README.md. Where python3 lacks a package its rows say so.
 */
const TIMES = 5;
const README = new URL("../../lib/README.md", import.meta.url);
const HERE = new URL(".", import.meta.url).pathname;

const DENO = ["run", "--quiet", "--no-check", "--allow-read", "--allow-ffi"];
const ENV = "--allow-env=INIT_CWD,__MINIMATCH_TESTING_PLATFORM__";

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
  readonly samples: number;
  readonly version?: string;
}

/** A piece of work: ours, and what it is compared with. */
interface Work {
  readonly what: string;
  readonly ours: string;
  readonly file: string;
  /** `here` is one of ours too: the engine alone, in the version that is used here. */
  readonly theirs: readonly { readonly what: string; readonly work: string; readonly isHere?: true }[];
}

async function works(folder: string): Promise<Work[]> {
  const [jsonl, parquet] = [`${folder}/corpus.jsonl`, `${folder}/corpus.parquet`];
  // Elsewhere, as a process begins with the peak of memory of the one that starts it.
  await output("deno", [...DENO, ENV, "--allow-write", `${HERE}data.ts`, jsonl, parquet]);
  const log = (await output("python3", [`${HERE}write_log.py`, folder, "2000"]))?.trim().split("\n").at(-1);
  const megabytes = Math.round((await Deno.stat(jsonl)).size / 1e6);
  return [
    {
      what: `200,000 samples, ${megabytes} MB of JSONL, counted by model and condition`,
      ours: "jsonl",
      file: jsonl,
      theirs: [
        { what: "`json` and a DataFrame", work: "jsonl_python" },
        { what: "Polars", work: "jsonl_polars" },
        { what: "DuckDB", work: "jsonl_duckdb" },
      ],
    },
    {
      what: "1,000,000 samples of Parquet, a label by condition and prompt",
      ours: "label",
      file: parquet,
      theirs: [
        { what: "DuckDB, the same groups", work: "parquet_label_duckdb" },
        { what: "DuckDB, the printed query alone", work: "kinds", isHere: true },
        { what: "Polars", work: "parquet_label_polars" },
      ],
    },
    {
      what: "the same, an outcome under a policy",
      ours: "outcome",
      file: parquet,
      theirs: [
        { what: "DuckDB, the same groups", work: "parquet_outcome_duckdb" },
        { what: "DuckDB, the printed query alone", work: "kinds", isHere: true },
      ],
    },
    ...log === undefined ? [] : [{
      what: "an Inspect log of 2,000 samples, every sample read",
      ours: "log",
      file: new URL(log, "file:///").pathname,
      theirs: [
        { what: "`samples_df`, messages too", work: "log_full" },
        { what: "`samples_df`, summaries alone", work: "log_summaries" },
      ],
    }],
  ];
}

async function output(program: string, args: readonly string[]): Promise<string | undefined> {
  const { success, stdout, stderr, code } = await new Deno.Command(program, { args: [...args] }).output();
  if (success) return new TextDecoder().decode(stdout);
  if (code !== 3) console.error(new TextDecoder().decode(stderr).split("\n").at(-2));
  return undefined;
}

async function measured(program: string, args: readonly string[]): Promise<Measured | undefined> {
  const text = await output(program, args);
  return text === undefined ? undefined : JSON.parse(text.trim().split("\n").at(-1)!);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

async function rowsOf({ what, ours, file, theirs }: Work): Promise<string[]> {
  const all = [{ what, work: ours, isHere: true }, ...theirs].map((one) => ({ ...one, times: [] as Measured[] }));
  for (let time = 0; time < TIMES; time++) {
    for (const { work, isHere, times } of all) {
      const one = isHere === true
        ? await measured("deno", [...DENO, ENV, `${HERE}ours.ts`, work, file])
        : await measured("python3", [`${HERE}theirs.py`, work, file]);
      if (one !== undefined) times.push(one);
    }
  }
  const [{ times: own }, ...others] = all;
  const seconds = median(own.map((one) => one.seconds));
  return others.map(({ what: instead, times }) => {
    if (times.length === 0) return row([what, said(seconds), peakOf(own), instead, "not installed", "", ""]);
    const other = median(times.map((one) => one.seconds));
    const name = `${instead} (${times[0].version})`;
    return row([
      what,
      said(seconds),
      peakOf(own),
      name,
      said(other),
      peakOf(times),
      `${(seconds / other).toFixed(2)} ×`,
    ]);
  });
}

const said = (seconds: number) => `${seconds.toFixed(2)} s`;
const peakOf = (times: readonly Measured[]) => `${Math.round(median(times.map((one) => one.megabytes)))} MB`;
const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

const folder = await Deno.makeTempDir();
try {
  const lines: string[] = [];
  for (const work of await works(folder)) lines.push(...await rowsOf(work));
  const date = new Date().toISOString().slice(0, 10);
  const table = [
    `Measured on ${date} with ${navigator.hardwareConcurrency} cores, Deno ${Deno.version.deno}: the median of ${TIMES} ` +
    "processes in turns, the work alone, and what each process held at most.",
    "",
    row(["work", "here", "peak", "instead", "takes", "peak", "ratio"]),
    row(Array(7).fill("---")),
    ...lines,
  ].join("\n");
  console.log(table);
  if (Deno.args.includes("--write")) {
    const text = await Deno.readTextFile(README);
    const between = /(<!-- bench -->\n)[^]*?(\n<!-- end of bench -->)/;
    if (!between.test(text)) throw new Error("lib/README.md has no place for the table");
    await Deno.writeTextFile(README, text.replace(between, (_, start, end) => `${start}\n${table}\n${end}`));
    await output("deno", ["fmt", "--quiet", README.pathname]);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
