/** What each task may do: a module in the place of its command tries everything, and data try what data can. */
import assert from "node:assert/strict";
import { hostOf } from "$lib/commands/judge_host.ts";
import { narrowed } from "$lib/commands/narrow.ts";
import { ROOT, runNamed } from "../support/label_command.ts";
import { folderOf } from "../support/temp_folder.ts";

/** Tries to write the files named by TRY and says what of all that it tries is allowed. */
const PROBE = `const { files, port } = JSON.parse(Deno.args.at(-1));
const allowed = [];
const attempt = async (name, work) => {
  try { await work(); allowed.push(name); } catch (error) { if (error.name !== "NotCapable") allowed.push(name + " " + error); }
};
for (const file of files) await attempt("write " + file, () => Deno.writeTextFileSync(file, "x"));
await attempt("net", () => fetch("http://127.0.0.1:" + port));
await attempt("run", () => new Deno.Command("true").outputSync());
await attempt("run deno", () => new Deno.Command("deno", { args: ["--version"] }).outputSync());
await attempt("env", () => Deno.env.get("HOME"));
await attempt("libc", () => Deno.dlopen("libc.so.6", { getpid: { parameters: [], result: "i32" } }));
await attempt("duckdb", async () => (await import("@duckdb/node-api")).version());
console.log(allowed.join("\\n"));
`;

/** Each task with its arguments, and what of everything it may do. */
const TASKS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["load", ["x.jsonl"], ["duckdb"]],
  ["load", ["x.jsonl", "--to", "a.parquet"], ["write a.parquet", "write .a.parquet.unfinished", "duckdb"]],
  ["load", ["x.jsonl", "--to=a.parquet", "--to", "b.parquet"], ["write b.parquet", "duckdb"]],
  ["rates", ["x.jsonl", "--by", "model", "--to", "a.parquet", "--out", "a.html"], ["duckdb"]],
  ["contrasts", ["x.jsonl", "--to", "a.parquet", "--out", "a.html"], ["duckdb"]],
  ["read", ["x.jsonl", "--out", "a.html"], ["write a.html", "duckdb"]],
  ["read", ["x.jsonl"], ["duckdb"]],
  [
    "label",
    ["x.jsonl", "--labeler", "judge"],
    ["write labels.jsonl", "write labels.jsonl.calls", "write labels.jsonl.batches", "duckdb"],
  ],
  ["label", ["x.jsonl", "--out", "a.csv"], ["write a.csv", "write a.html", "write a.csv.key.json", "duckdb"]],
  ["policies", ["--out", "a.html", "--to", "a.parquet"], []],
  ["png", ["a.svg", "--out", "pictures"], ["write pictures/a.png"]],
  ["pdf", ["a.svg"], ["write pictures/a.png"]],
  ["codebook", [], []],
];

const FILES = [
  ...["a.parquet", ".a.parquet.unfinished", "b.parquet", "a.html", "a.csv", "a.csv.key.json", "a.parquet.calls"],
  ...["labels.jsonl", "labels.jsonl.calls", "labels.jsonl.batches", "labels.jsonl.txt", "x.jsonl", "pictures/a.png"],
];

Deno.test("each task may write what its options name, load DuckDB where it reads data, and do nothing else", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => new Response("x"));
  for (const [name, args, expected] of TASKS) {
    const folder = await folderOf({ "pictures/none": "", "x.jsonl": "" });
    const files = FILES.map((file) => `${folder}/${file}`);
    const script = tasks[name].command.match(/lib\/commands\/(?!narrow)\w+\.ts/)[0];
    // Beside the command under its name, for its permissions go by that; in the project, for its packages.
    const probe = `${ROOT}notebooks/.cells/probe/${script.split("/").at(-1)}`;
    await Deno.mkdir(`${ROOT}notebooks/.cells/probe`, { recursive: true });
    await Deno.writeTextFile(probe, PROBE);
    const words = tasks[name].command.replace(/^.*?\bdeno /, "").replace(script, probe).split(" ");
    const { stdout, stderr } = await new Deno.Command("deno", {
      args: [...words, ...args, JSON.stringify({ files, port: server.addr.port })],
      cwd: ROOT,
      stdin: "null",
      env: { NO_COLOR: "1", INIT_CWD: folder },
    }).output();
    const said = new TextDecoder().decode(stdout).trim().replaceAll(`${folder}/`, "");
    const allowed = said === "" ? [] : said.split("\n");
    assert.deepEqual(
      allowed.sort(),
      [...expected].sort(),
      `${name} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`,
    );
  }
  await Deno.remove(`${ROOT}notebooks/.cells/probe`, { recursive: true });
  await server.shutdown();
});

Deno.test("the judge is one host: a list, a pattern and what is no address allow no other", () => {
  const flags = (address: string) => narrowed(["--allow-net=OPENAI_BASE_URL", "label.ts", "--"], "/", address);
  for (
    const [address, host] of [
      ["http://127.0.0.1:8000/v1", "127.0.0.1:8000"],
      ["https://[::1]:8000/v1", "[::1]:8000"],
      ["http://127.0.0.1,evil.example/v1", "api.openai.com"],
      ["http://127.0.0.1:80,evil.example", "api.openai.com"],
      ["http://*/v1", "api.openai.com"],
      ["http://*.example/v1", "api.openai.com"],
      ["http://127.0.0.1@evil.example/v1", "evil.example"],
      ["127.0.0.1,evil.example", "api.openai.com"],
      ["*", "api.openai.com"],
      ["", "api.openai.com"],
    ]
  ) {
    assert.equal(hostOf(address), host);
    assert(flags(address).includes(`--allow-net=${host}`), address);
  }
});

Deno.test("a path with a comma, which would be two, is refused", async () => {
  for (const [task, option] of [["load", "--to"], ["read", "--out"], ["label", "--out"], ["png", "--out"]]) {
    const { code, err } = await runNamed(task, ["x", option, "/tmp/a,/etc"]);
    assert.equal(code, 2);
    assert.match(
      err,
      /^Cannot write \/tmp\/a,\/etc as a permission cannot name a path with a comma: choose another --/,
    );
  }
});

Deno.test("a data set that names files outside of its folder or on a server is refused, and nothing of them is read", async () => {
  const seen: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    seen.push(request.url);
    return new Response("x");
  });
  const at = `http://127.0.0.1:${server.addr.port}`;
  const sample = (model: string) => JSON.stringify({ id: "1", model, scenario: "s", condition: {}, labels: [] });
  for (const path of ["../secret.jsonl", "/etc/passwd", `${at}/x.parquet`]) {
    const parent = await folderOf({ "secret.jsonl": sample("SECRET"), "data/a.jsonl": sample("m") });
    const card = {
      name: "wants-more",
      title: "t",
      format: "mapped",
      mapping: { records: path.endsWith("parquet") ? "parquet" : "jsonl", model: "model", scenario: "scenario" },
      files: [{ path, sha256: "0".repeat(64) }],
      labelers: {},
      cluster: "c",
      source: { url: at, licence: "none" },
      excluded: [],
      notes: [],
    };
    const data = `${parent}/data`;
    await Deno.writeTextFile(`${data}/dataset.json`, JSON.stringify(card));
    const calls: [string, string[]][] = [
      ["load", [data]],
      ["load", [data, "--to", `${parent}/x.parquet`]],
      ["rates", [data, "--by", "model", "--label", "x"]],
      ["contrasts", [data, "--factor", "model", "--levels", "a,b", "--label", "x"]],
      ["read", [data, "--out", `${parent}/page.html`]],
      ["label", [data, "--labeler", "rules", "--out", `${parent}/labels.jsonl`]],
    ];
    for (const [task, args] of calls) {
      const { out, err } = await runNamed(task, args);
      assert.doesNotMatch(out + err, /SECRET|root:/, `${task}: ${path}`);
    }
    const left = (await Array.fromAsync(Deno.readDir(parent))).map(({ name }) => name).sort();
    for (const name of left.filter((one) => /parquet|html|labels/.test(one))) {
      assert(!(await Deno.readTextFile(`${parent}/${name}`)).includes("SECRET"), name);
    }
    assert.deepEqual((await Array.fromAsync(Deno.readDir(data))).map(({ name }) => name).sort(), [
      "a.jsonl",
      "dataset.json",
    ]);
  }
  assert.deepEqual(seen, []);
  await server.shutdown();
});
