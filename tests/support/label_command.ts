/** `deno task label` as a process of its own, with the permissions of its task. */
import { fileURLToPath } from "node:url";
import { narrowed } from "$lib/commands/narrow.ts";
import type { Sample } from "$lib/samples/sample.ts";
import { TEST_KEY } from "./fault_server.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Ended, with its status and what it said. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Starts a command as its user does, by `deno task`. */
export function startTask(
  folder: string,
  url: string,
  args: readonly string[],
  key = TEST_KEY,
  env: Readonly<Record<string, string>> = {},
  task = "label",
): Deno.ChildProcess {
  return start(folder, url, ["task", "--quiet", "--config", `${ROOT}deno.json`, task, ...args], key, "deno", env);
}

/** Starts what `deno task label`, or another task, comes to, as one process, so that a signal reaches it; `fileSize` in bytes,
 *  `heap` in megabytes: what it may hold. */
export async function startLabel(
  folder: string,
  url: string,
  args: readonly string[],
  { fileSize, heap, task = "label" }: { readonly fileSize?: number; readonly heap?: number; readonly task?: string } =
    {},
): Promise<Deno.ChildProcess> {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const words = tasks[task].command.replace(/^.* lib\/commands\/narrow.ts /, "").replace("lib/", `${ROOT}lib/`).split(
    " ",
  );
  const all = narrowed([...words, ...args], folder, url);
  if (heap !== undefined) all.splice(1, 0, `--v8-flags=--max-old-space-size=${heap}`);
  if (fileSize === undefined) return start(folder, url, all, TEST_KEY);
  return start(folder, url, ["-c", LIMITED, String(fileSize), "deno", ...all], TEST_KEY, "python3");
}

/** Runs a command that can make no file larger than so many bytes: as on a full disk, a part of a write may be done. */
const LIMITED = `import os, resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
os.execvp(sys.argv[2], sys.argv[2:])`;

export async function endOf(child: Deno.ChildProcess): Promise<Ended> {
  const { code, stdout, stderr } = await child.output();
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

export async function runTask(folder: string, url: string, args: readonly string[], key?: string): Promise<Ended> {
  return await endOf(startTask(folder, url, args, key));
}

/** Runs any task as its user does, from the project's folder. */
export async function runNamed(task: string, args: readonly string[]): Promise<Ended> {
  const env = { NO_COLOR: "1", INIT_CWD: ROOT };
  const deno = new Deno.Command("deno", {
    args: ["task", "--quiet", task, ...args],
    cwd: ROOT,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  return await endOf(deno.spawn());
}

/** A folder with the samples as `samples.jsonl`. */
export async function folderWith(samples: readonly Sample[]): Promise<string> {
  const folder = await Deno.makeTempDir();
  const lines = samples.map(({ source: _, cluster: __, ...rest }) => JSON.stringify(rest));
  await Deno.writeTextFile(`${folder}/samples.jsonl`, lines.join("\n"));
  return folder;
}

function start(
  folder: string,
  url: string,
  args: readonly string[],
  key: string,
  program = "deno",
  env: Readonly<Record<string, string>> = {},
): Deno.ChildProcess {
  return new Deno.Command(program, {
    args: [...args],
    cwd: folder,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: {
      NO_COLOR: "1",
      DENO_NO_UPDATE_CHECK: "1",
      INIT_CWD: folder,
      OPENAI_BASE_URL: url,
      OPENAI_API_KEY: key,
      ...env,
    },
  }).spawn();
}
