/**
 * Runs a command that may write what some options of it name, and nothing else. It reads arguments alone, and data are read
 * by the command, so nothing that is read can widen what may be written.
 *
 * `deno run --allow-run=deno write_only.ts --out,--table FLAG… COMMAND.ts -- ARGUMENT…`
 *
 * @module
 */
import { resolve } from "node:path";
import { STATUS } from "./shared/main.ts";
import { tellError } from "./shared/print.ts";

const [options, ...rest] = Deno.args;
const end = rest.indexOf("--");
const [flags, given] = [rest.slice(0, end), rest.slice(end + 1)];
const folder = Deno.env.get("INIT_CWD");
const paths = options.split(",").flatMap((option) =>
  valuesOf(option, given).map((file) => ({ option, path: resolve(folder ?? ".", file) }))
);
const unnamed = paths.find(({ path }) => path.includes(","));
if (unnamed !== undefined) {
  const { path, option } = unnamed;
  tellError(`Cannot write ${path} as a permission cannot name a path with a comma: choose another ${option}`);
  Deno.exit(STATUS.usage);
}
const write = paths.length === 0 ? [] : [`--allow-write=${paths.map(({ path }) => path).join(",")}`];
const child = new Deno.Command("deno", { args: ["run", "--quiet", "--no-prompt", ...write, ...flags, ...given] });
const { code } = await child.spawn().status;
Deno.exit(code);

/** The values of an option, as parseArgs() takes them: `--out FILE` or `--out=FILE`. */
function valuesOf(name: string, args: readonly string[]): string[] {
  return args.flatMap((arg, at) =>
    arg.startsWith(`${name}=`) ? [arg.slice(name.length + 1)] : arg === name ? args.slice(at + 1, at + 2) : []
  ).filter((value) => value !== "");
}
