/** A task as its user calls it. */
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Runs `deno task ARGS` in a folder, the project's own by default; what it prints and its exit status. */
export async function taskIn(folder: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["task", "--quiet", ...args],
    cwd: ROOT,
    stdin: "null",
    env: { NO_COLOR: "1", INIT_CWD: folder }, // what deno task sets, unless an outer task has set it already
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

/** Runs a task in the project's folder. */
export function task(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return taskIn(ROOT, ...args);
}
