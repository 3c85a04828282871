/**
 * Runs a command with the least that it needs: it may write the files that its options name, load the native library of one
 * package, run the engine that its options name, and reach the one host that a judge is asked at. It reads arguments and the address of the judge alone, and
 * data are read by the command, so nothing in data can widen what may be done.
 *
 * `deno run --allow-run=deno narrow.ts FLAG… COMMAND.ts -- ARGUMENT…`; of the flags, `--allow-ffi=PACKAGE` becomes the
 * files of its library, and `--allow-net=OPENAI_BASE_URL` the host of that address.
 *
 * @module
 */
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
// Imported so that the packages are on disk; what they hold is not run here.
import "@duckdb/node-api/package.json" with { type: "json" };
import "@resvg/resvg-js/package.json" with { type: "json" };
import { hostOf } from "./judge_host.ts";
import { STATUS } from "./shared/main.ts";
import { tellError } from "./shared/print.ts";

/** What a command writes: the file of an option, or else of none, and what it keeps beside it. */
interface Writes {
  readonly option: string;
  /** Options that may be given several times, each a file. */
  readonly each?: readonly string[];
  readonly otherwise?: string;
  readonly files: (file: string) => readonly string[];
}

/** Every command that writes; one that is not here may not. */
const WRITES: Readonly<Record<string, Writes>> = {
  "load.ts": {
    option: "--to",
    files: (file) =>
      file.endsWith(".json") // Inspect logs: one, or a folder of them
        ? [file, file.slice(0, -".json".length)]
        : [file, join(dirname(file), `.${basename(file)}.unfinished`)],
  },
  "rates.ts": { option: "--samples", files: (file) => [file] },
  "figure.ts": { option: "--out", each: ["--out", "--table"], files: (file) => [file] },
  "label.ts": {
    option: "--out",
    otherwise: "labels.jsonl",
    files: (file) =>
      file.endsWith(".csv") // a sheet for people
        ? [file, file.replace(/\.csv$/, ".html"), `${file}.key.json`]
        : [file, ...["calls", "batches", "broken", "texts"].map((kept) => `${file}.${kept}`)],
  },
  "plan.ts": { option: "--out", files: (file) => [file] },
  "sample.ts": {
    option: "--out",
    files: (file) => [file, ...["turns", "calls", "batches", "unfinished"].map((kept) => `${file}.${kept}`)],
  },
  "read.ts": { option: "--out", files: (file) => [file] },
  "report.ts": { option: "--out", files: (folder) => [folder] },
  "pictures.ts": { option: "--out", otherwise: "pictures", files: (folder) => [folder] },
};

/** The programs that engines are; others run in the process of the command. */
const PROGRAMS: Readonly<Record<string, string>> = { spark: "spark-sql" };

/**
 * The arguments for deno that run a command narrowed, from the words after `narrow.ts`; paths of options are taken from
 * `folder`.
 *
 * @throws {RangeError} if a path has a comma, which a permission cannot name
 */
export function narrowed(words: readonly string[], folder: string, address?: string): string[] {
  const end = words.indexOf("--");
  const [task, given] = [words.slice(0, end), words.slice(end + 1)];
  const flags = task.map((word) =>
    word.startsWith("--allow-ffi=")
      ? `--allow-ffi=${word.slice("--allow-ffi=".length).split(",").flatMap(librariesOf).join()}`
      : word === "--allow-net=OPENAI_BASE_URL"
      ? `--allow-net=${hostOf(address)}`
      : word
  );
  const writes = WRITES[basename(task.find((word) => word.endsWith(".ts")) ?? "")];
  const named = writes?.each === undefined
    ? writes && [valuesOf(writes.option, given).at(-1) ?? writes.otherwise].filter((file) => file !== undefined)
    : writes.each.flatMap((option) => valuesOf(option, given));
  const files = (named ?? []).flatMap((file) => writes.files(resolve(folder, file)));
  const comma = files.find((path) => path.includes(","));
  if (comma !== undefined) {
    throw new RangeError(
      `Cannot write ${comma} as a permission cannot name a path with a comma: choose another ${writes.option}`,
    );
  }
  const write = files.length === 0 ? [] : [`--allow-write=${files.join()}`];
  const program = PROGRAMS[valuesOf("--engine", given).at(-1) ?? ""];
  const run = program === undefined ? [] : [`--allow-run=${program}`];
  return ["run", "--quiet", "--no-prompt", ...write, ...run, ...flags, ...given];
}

/** The values of an option, as parseArgs() takes them: `--out FILE` or `--out=FILE`. */
function valuesOf(name: string, args: readonly string[]): string[] {
  return args.flatMap((arg, at) =>
    arg.startsWith(`${name}=`) ? [arg.slice(name.length + 1)] : arg === name ? args.slice(at + 1, at + 2) : []
  );
}

/** The packages with a native library, each with the one that has a package for every kind of machine. */
const CHOOSERS: Readonly<Record<string, string>> = {
  "@duckdb/node-api": "@duckdb/node-bindings/package.json",
  "@resvg/resvg-js": "@resvg/resvg-js/package.json",
};

/** The folders of a package's native library that are installed: those for this machine. */
function librariesOf(name: string): string[] {
  const require = createRequire(import.meta.resolve(name));
  const chooser = require.resolve(CHOOSERS[name]);
  return Object.keys(require(chooser).optionalDependencies).flatMap((library) => {
    try {
      return [dirname(createRequire(chooser).resolve(`${library}/package.json`))];
    } catch {
      return []; // for another machine
    }
  });
}

async function run(): Promise<number> {
  let args: string[];
  try {
    args = narrowed(Deno.args, Deno.env.get("INIT_CWD") ?? Deno.cwd(), judgeAddress());
  } catch (error) {
    tellError((error as Error).message);
    return STATUS.usage;
  }
  const child = new Deno.Command("deno", { args }).spawn();
  Deno.addSignalListener("SIGINT", () => {}); // a terminal sends it to the command too, which says how it ends
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => child.kill("SIGTERM"));
  return (await child.status).code;
}

function judgeAddress(): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable: "OPENAI_BASE_URL" });
  return state === "granted" ? Deno.env.get("OPENAI_BASE_URL") : undefined;
}

if (import.meta.main) Deno.exit(await run());
