/** The table of rooms: who in lib/ may import whom, without a circle, and how large a room may be. */
import assert from "node:assert/strict";

/** Each room with all it may import, from the ground up; a room stands below all that may import it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  acts: [],
  json: [],
  "stats/numbers": [],
  "stats/raters": ["stats/numbers"],
  "stats/one_rate": ["stats/numbers"],
  "stats/families": ["stats/numbers"],
  "stats/two_rates": ["stats/numbers", "stats/one_rate"],
  "stats/planning": ["stats/numbers", "stats/one_rate"],
  "stats/clusters": ["stats/numbers", "stats/raters", "stats/one_rate", "stats/two_rates"],
  "stats/strata": ["stats/numbers", "stats/two_rates"],
  "stats/correction": ["stats/numbers", "stats/two_rates"],
  "stats/pairs": ["stats/numbers", "stats/two_rates", "stats/clusters"],
  "stats/regression": ["stats/numbers", "stats/two_rates", "stats/clusters"],
  "stats/defaults": ["stats/numbers", "stats/one_rate", "stats/two_rates", "stats/clusters", "stats/pairs"],
  "stats/hierarchy": ["stats/numbers", "stats/two_rates", "stats/clusters"],
  "stats/coverage": [
    "stats/numbers",
    "stats/one_rate",
    "stats/two_rates",
    "stats/clusters",
    "stats/hierarchy",
    "stats/pairs",
  ],
  samples: ["acts"],
  policies: ["acts", "json"],
  "reading/bytes": ["json", "samples"],
  "reading/formats": ["json", "samples", "reading/bytes"],
  "reading/formats/agentic_misalignment": ["json", "samples", "reading/bytes", "reading/formats"],
  "reading/formats/bloom": ["json", "samples", "reading/bytes", "reading/formats"],
  "reading/formats/flat": ["json", "samples", "reading/bytes", "reading/formats"],
  "reading/formats/inspect": ["json", "samples", "reading/bytes", "reading/formats"],
  "reading/formats/odcv": ["samples", "reading/bytes", "reading/formats"],
  "reading/parquet": ["json", "acts", "samples", "reading/bytes", "reading/formats"],
  "reading/mapped": ["json", "samples", "reading/bytes", "reading/formats", "reading/parquet"],
  reading: ["json", "samples", "reading/*"],
  asking: ["json", "samples"],
  "asking/batches": ["json", "samples", "asking"],
  "sampling/scenarios": ["json", "samples"],
  sampling: ["json", "samples", "stats/numbers", "reading/bytes", "asking", "sampling/scenarios"],
  labelers: ["json", "acts", "samples", "reading", "reading/bytes", "asking"],
  "labelers/rules": ["samples", "reading/formats", "labelers"],
  "labelers/people": ["json", "acts", "samples", "policies", "stats/numbers", "labelers"],
  "labelers/judge": ["json", "acts", "samples", "policies", "reading/bytes", "asking", "labelers"],
  "rates/counting": ["acts", "samples", "policies", "stats/*", "reading", "reading/*"],
  "rates/engines": ["json", "acts", "samples", "reading", "reading/*", "rates/counting"],
  "rates/comparing": ["acts", "samples", "policies", "stats/*", "reading", "rates/counting"],
  "rates/judges": ["acts", "samples", "policies", "stats/*", "reading", "rates/counting", "rates/comparing"],
  "rates/planning": ["json", "samples", "labelers/rules", "stats/*", "rates/counting", "rates/comparing"],
  words: ["stats/*", "rates/*"],
  pages: ["labelers/people"],
  "pages/coding": ["acts", "samples", "labelers/people", "pages"],
  "pages/reader/client": ["acts", "labelers", "labelers/people", "pages"],
  "pages/reader/views": ["acts", "pages", "pages/reader/client"],
  "pages/reader": [
    "acts",
    "samples",
    "policies",
    "stats/numbers",
    "reading",
    "labelers",
    "labelers/people",
    "rates/counting",
    "pages",
    "pages/reader/client",
    "pages/reader/views",
  ],
  "pages/report": ["stats/*", "reading", "rates/*", "words", "figures", "pages"],
  frames: ["words", "samples", "reading", "rates/*"],
  "figures/shown": ["words"],
  figures: ["samples", "policies", "stats/*", "rates/*", "words", "figures/shown"],
  notebook: ["acts", "samples", "policies", "reading", "rates/*", "words", "pages/reader", "frames", "figures"],
  "": ["*"], // mod.ts
  "commands/shared": ["*"],
  "commands/comparison": ["*"],
  "commands/label": ["*"],
  "commands/sample": ["*"],
  commands: ["*"],
};

const COMMANDS = /^(?:|commands.*)$/;

/** The most files in one folder of lib/ and tests/ (their sub-folders apart) that can be taken in at a look. */
const MOST_FILES = 18;

const ROOT = new URL("..", import.meta.url);
const LIB = new URL("lib/", ROOT);

interface Source {
  /** Below lib/. */
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

async function* filesBelow(folder: URL): AsyncGenerator<URL> {
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isDirectory) yield* filesBelow(new URL(`${entry.name}/`, folder));
    else yield new URL(entry.name, folder);
  }
}

const roomOf = (path: string) => path.split("/").slice(0, -1).join("/");

/** Every file of lib/ with what it imports of lib/, types and imports on first use too. */
async function sources(): Promise<Source[]> {
  const found: Source[] = [];
  for await (const url of filesBelow(LIB)) {
    if (!url.pathname.endsWith(".ts")) continue;
    const text = (await Deno.readTextFile(url)).replace(/\/\*[\s\S]*?\*\//g, "");
    const specifiers = [...text.matchAll(/(?:\bfrom|\bimport\(|^import)\s*"(\.[^"]+)"/gm)].map(([, specifier]) =>
      specifier
    );
    const imports = specifiers.map((specifier) => new URL(specifier, url).href.slice(LIB.href.length));
    const path = url.href.slice(LIB.href.length);
    found.push({ path, room: roomOf(path), text, imports });
  }
  return found;
}

/** Whether a room may be imported where `allowed` says so: `a/*` is every room in the room a, `*` every room. */
const isAllowed = (allowed: readonly string[], room: string) =>
  allowed.some((one) => one === "*" || one === room || one.endsWith("/*") && room.startsWith(one.slice(0, -1)));

/** One circle among what imports what, or none. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, above: readonly string[]): string[] | undefined => {
    if (above.includes(node)) return [...above.slice(above.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of imports.get(node) ?? []) {
      const circle = visit(next, [...above, node]);
      if (circle !== undefined) return circle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of imports.keys()) {
    const circle = visit(node, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

Deno.test("every file of lib/ imports only from the rooms that its room may import", async () => {
  const all = await sources();
  assert(all.length > 200, `only ${all.length} files found`);
  assert(all.every(({ imports }) => imports.every((path) => all.some((other) => other.path === path))));
  const wrong = all.flatMap(({ path, room, imports }) => {
    const allowed = MAY_IMPORT[room];
    if (allowed === undefined) return [`${path} stands in a room that is not in the table`];
    return imports.filter((target) =>
      roomOf(target) !== room && (!isAllowed(allowed, roomOf(target)) ||
        COMMANDS.test(roomOf(target)) && !room.startsWith("commands"))
    ).map((target) => `${path} imports ${target}`);
  });
  assert.deepEqual(wrong, []);
  const rooms = new Set(all.map(({ room }) => room));
  assert.deepEqual(Object.keys(MAY_IMPORT).filter((room) => !rooms.has(room)), [], "rooms that do not stand any more");
});

Deno.test("nothing goes in a circle: no files, not by types, and no rooms", async () => {
  assert.deepEqual(circleIn(new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]])), ["b", "c", "b"]);
  const all = await sources();
  assert.deepEqual(circleIn(new Map(all.map(({ path, imports }) => [path, imports]))), undefined);
  const rooms = Map.groupBy(all, ({ room }) => room);
  const between = [...rooms].map(([room, files]): [string, string[]] => [
    room,
    [...new Set(files.flatMap(({ imports }) => imports.map(roomOf)))].filter((other) => other !== room),
  ]);
  assert.deepEqual(circleIn(new Map(between)), undefined);
});

Deno.test(`no folder of lib/ or tests/ has more than ${MOST_FILES} files of its own`, async () => {
  for (const folder of ["lib/", "tests/"]) {
    const files = (await Array.fromAsync(filesBelow(new URL(folder, ROOT)))).map(({ href }) => roomOf(href));
    const full = [...Map.groupBy(files, (room) => room)].filter(([, { length }]) => length > MOST_FILES);
    const named = full.map(([room, { length }]) => `${room.slice(ROOT.href.length)}: ${length}`);
    assert.deepEqual(named, []);
  }
});

Deno.test("danfojs is imported on first use only", async () => {
  const text = await Deno.readTextFile(new URL("../lib/frames/frame.ts", import.meta.url));
  assert(text.includes('await import("danfojs")'));
  for (const { path, text } of await sources()) {
    assert(!/^import (?!type)[^;]*"danfojs"/m.test(text), `${path} loads danfojs at once`);
  }
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
  for (const name of Object.keys(tasks).filter((name) => !["test", "bench"].includes(name))) {
    assert(!/--allow-(write|ffi)(\s|$)/.test(tasks[name].command), `task ${name} does not say what it writes or loads`);
  }
});
