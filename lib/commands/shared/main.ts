/**
 * What every command does alike: read its arguments, say what is wrong with them, end with the right status.
 *
 * @module
 */
import { nearest } from "../../samples/nearest.ts";
import { tell, tellError } from "./print.ts";

/** Exit statuses: all well, something was rejected or failed, wrong use. */
export const STATUS = { ok: 0, problem: 1, usage: 2 } as const;

/** Wrong use of a command; its message is followed by the usage. */
export class UsageError extends Error {}

/**
 * Runs a command and ends the process with its status. Wrong use prints the message and the form; any other error
 * prints its message, without a stack.
 */
export async function main(usage: string, command: (args: string[]) => Promise<number>): Promise<never> {
  try {
    if (Deno.args.includes("--help")) {
      tell(usage.split("\n"));
      Deno.exit(STATUS.ok);
    }
    goWhereTheUserIs();
    Deno.exit(await command(Deno.args));
  } catch (error) {
    if (isWrongUse(error)) {
      const form = usage.split("\n\n")[0].split("\n");
      tellError([wrongUse(error as Error, usage).replaceAll("\n", " "), "", ...form, "(more with --help)"]);
      Deno.exit(STATUS.usage);
    }
    tellError((error as Error).message);
    Deno.exit(STATUS.problem);
  }
}

/** `deno task` runs in the project's folder; the paths in the arguments are meant from where it was typed. */
function goWhereTheUserIs(): void {
  const { state } = Deno.permissions.querySync({ name: "env", variable: "INIT_CWD" });
  const folder = state === "granted" ? Deno.env.get("INIT_CWD") : undefined;
  if (folder !== undefined) Deno.chdir(folder);
}

/** What is wrong, with the option of this command that is nearest to one that it does not have. */
function wrongUse(error: Error, usage: string): string {
  const [, wrong] = /^Unknown option '--?([^']+)'/.exec(error.message) ?? [];
  if (wrong === undefined) return error.message;
  const options = [...new Set([...usage.matchAll(/(?<=--)[a-z][a-z-]*/g)].map(([name]) => name))];
  const near = nearest(wrong, options);
  const known = near === undefined ? `options are --${options.join(", --")}` : `did you mean --${near}?`;
  return `Cannot use --${wrong} as there is no such option: ${known}`;
}

function isWrongUse(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return error instanceof UsageError || (typeof code === "string" && code.startsWith("ERR_PARSE_ARGS"));
}
