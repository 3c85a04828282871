/** JupyterLab as a person starts it, on a copy of the notebooks; absent on some machines, and the tests then say so. */
import { fileURLToPath } from "node:url";
import { canRun } from "../support/tools.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const PYTHON = "python3";

/** Whether `python3` can start JupyterLab; asks for no permission. */
export async function hasLab(): Promise<boolean> {
  if (!await canRun(PYTHON)) return false;
  return (await new Deno.Command(PYTHON, { args: ["-c", "import jupyterlab"], stderr: "null" }).output()).success;
}

export interface Lab extends AsyncDisposable {
  /** The address of a notebook. */
  readonly notebook: (name: string) => string;
  /** The folder of the notebooks. */
  readonly folder: string;
}

/** Starts JupyterLab with a Deno kernel, settings and folders of its own; it ends with its scope. */
export async function startLab(): Promise<Lab> {
  const folder = await Deno.makeTempDir();
  await copyOf(folder);
  const spec = { argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"], display_name: "Deno" };
  await Deno.mkdir(`${folder}/jupyter/kernels/deno`, { recursive: true });
  await Deno.writeTextFile(
    `${folder}/jupyter/kernels/deno/kernel.json`,
    JSON.stringify({ ...spec, language: "typescript", env: { NO_COLOR: "1" } }),
  );
  const [port, token] = [freePort(), crypto.randomUUID()];
  const options = {
    "ServerApp.ip": "127.0.0.1",
    "ServerApp.port": port,
    "ServerApp.root_dir": folder,
    "ServerApp.allow_root": "True",
    "ServerApp.open_browser": "False",
    "IdentityProvider.token": token,
    "LabApp.expose_app_in_browser": "True",
    "LabApp.news_url": "None",
    "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
  };
  const own = Object.fromEntries(
    ["CONFIG", "DATA", "RUNTIME"].map((name) => [`JUPYTER_${name}_DIR`, `${folder}/jupyter`]),
  );
  const child = new Deno.Command(PYTHON, {
    args: ["-m", "jupyterlab", ...Object.entries(options).map(([name, value]) => `--${name}=${value}`)],
    cwd: folder,
    env: own,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  await answering(`http://127.0.0.1:${port}/api?token=${token}`);
  return {
    folder: `${folder}/notebooks`,
    notebook: (name) => `http://127.0.0.1:${port}/lab/tree/notebooks/${name}?token=${token}&reset`,
    [Symbol.asyncDispose]: async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/shutdown?token=${token}`, { method: "POST" });
      await answer.body?.cancel(); // its kernels end with it
      await child.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** The notebooks are copied, for JupyterLab saves what it runs; all else is where it is. */
async function copyOf(folder: string): Promise<void> {
  await Deno.mkdir(`${folder}/notebooks`);
  for await (const { name } of Deno.readDir(`${ROOT}notebooks`)) {
    if (name.endsWith(".ipynb")) await Deno.copyFile(`${ROOT}notebooks/${name}`, `${folder}/notebooks/${name}`);
  }
  for (const name of ["lib", "data"]) await Deno.symlink(`${ROOT}${name}`, `${folder}/${name}`);
  for (const name of ["deno.json", "deno.lock"]) await Deno.copyFile(`${ROOT}${name}`, `${folder}/${name}`);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function answering(url: string): Promise<void> {
  const end = performance.now() + 60_000;
  while (true) {
    try {
      const answer = await fetch(url);
      await answer.body?.cancel();
      if (answer.ok) return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    if (performance.now() > end) throw new Error("JupyterLab did not start within 60 s");
    await new Promise((done) => setTimeout(done, 200));
  }
}
