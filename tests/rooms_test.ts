/** The table of rooms: who in lib/ may import whom. */
import assert from "node:assert/strict";

const MAY_IMPORT: Record<string, string[]> = {
  acts: [],
  stats: [],
  samples: ["acts", "reading"],
  policies: ["acts"],
  reading: ["acts", "samples"],
  asking: ["samples"],
  labelers: ["acts", "samples", "policies", "stats", "reading", "asking"],
  rates: ["acts", "samples", "policies", "stats", "reading"],
  words: ["rates", "stats"],
  figures: ["rates", "words", "stats", "policies"],
  frames: ["rates", "samples", "reading"],
  notebook: ["figures"],
};

interface Module {
  specifier: string;
  dependencies?: { specifier: string; code?: { specifier: string }; type?: { specifier: string } }[];
}

const LIB = new URL("../lib/", import.meta.url).href;
const roomOf = (specifier: string) =>
  specifier.startsWith(LIB) ? specifier.slice(LIB.length).split("/").slice(0, -1)[0] ?? "mod.ts" : undefined;

async function modules(): Promise<Module[]> {
  const found: Module[] = [];
  const entries = await Array.fromAsync(Deno.readDir(new URL("../lib/commands/", import.meta.url)));
  const commands = entries.flatMap(({ name, isFile }) => isFile ? [`lib/commands/${name}`] : []);
  for (const entry of ["lib/mod.ts", ...commands]) {
    const { stdout } = await new Deno.Command("deno", {
      args: ["info", "--json", entry],
      cwd: new URL("..", import.meta.url),
    })
      .output();
    found.push(...(JSON.parse(new TextDecoder().decode(stdout)).modules as Module[]));
  }
  return found.filter(({ specifier }) => specifier.startsWith(LIB));
}

Deno.test("every module of lib/ imports only from the rooms that its room may import", async () => {
  const all = await modules();
  assert(all.length > 40, `only ${all.length} modules found`);
  const wrong = new Set<string>();
  for (const { specifier, dependencies = [] } of all) {
    const room = roomOf(specifier)!;
    if (room === "commands") continue; // may import all
    for (const dependency of dependencies) {
      const target = roomOf((dependency.code ?? dependency.type)?.specifier ?? "");
      const allowed = room === "mod.ts" ? target !== "commands" : target === room || MAY_IMPORT[room].includes(target!);
      if (target !== undefined && !allowed) wrong.add(`${specifier.slice(LIB.length)} imports ${dependency.specifier}`);
    }
  }
  assert.deepEqual([...wrong], []);
});

Deno.test("danfojs is imported on first use only", async () => {
  const text = await Deno.readTextFile(new URL("../lib/frames/frame.ts", import.meta.url));
  assert(text.includes('await import("danfojs")'));
  for (const { specifier } of await modules()) {
    const source = await Deno.readTextFile(new URL(specifier));
    assert(!/^import (?!type)[^;]*"danfojs"/m.test(source), `${specifier} loads danfojs at once`);
  }
});

Deno.test("mod.ts names every export", async () => {
  assert(!(await Deno.readTextFile(new URL("../lib/mod.ts", import.meta.url))).includes("export *"));
});

Deno.test("every task names its permissions", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("../deno.json", import.meta.url)));
  for (const [name, task] of Object.entries(tasks as Record<string, { command: string }>)) {
    assert(!/(^|\s)(-A|--allow-all)(\s|$)/.test(task.command), `task ${name} takes all permissions`);
    assert(
      !/--allow-(run|net|ffi=|env=)(\s|$)/.test(task.command),
      `task ${name} does not say what it runs or reaches`,
    );
  }
  assert(!/--allow-net/.test(tasks.figures.command), "figures must not reach the network");
});
