/**
 * Runs a command that may write one file and no other: the one that an option of it names. It reads arguments alone,
 * and data are read by the command, so nothing that is read can widen what may be written.
 *
 * `deno run --allow-run=deno write_only.ts --out FLAG… COMMAND.ts -- ARGUMENT…`
 *
 * @module
 */
import { resolve } from "node:path";
import { STATUS } from "./shared/main.ts";
import { tellError } from "./shared/print.ts";

const [option, ...rest] = Deno.args;
const end = rest.indexOf("--");
const [flags, given] = [rest.slice(0, end), rest.slice(end + 1)];
const file = valueOf(option, given);
const folder = Deno.env.get("INIT_CWD");
const path = file === undefined || folder === undefined ? undefined : resolve(folder, file);
if (path?.includes(",")) {
  tellError(`Cannot write ${path} as a permission cannot name a path with a comma: choose another ${option}`);
  Deno.exit(STATUS.usage);
}
const write = path === undefined ? [] : [`--allow-write=${path}`];
const child = new Deno.Command("deno", { args: ["run", "--quiet", "--no-prompt", ...write, ...flags, ...given] });
const { code } = await child.spawn().status;
Deno.exit(code);

/** The last value of an option, as parseArgs() takes it: `--out FILE` or `--out=FILE`. */
function valueOf(name: string, args: readonly string[]): string | undefined {
  const values = args.flatMap((arg, at) =>
    arg.startsWith(`${name}=`) ? [arg.slice(name.length + 1)] : arg === name ? args.slice(at + 1, at + 2) : []
  );
  return values.at(-1);
}
