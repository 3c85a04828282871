/**
 * Hostile inputs of the file system: odd files, names and trees.
 *
 * @module
 */
import { fileInput, type HostileInput, line } from "./input.ts";

/** What is no regular file, odd names, trees. */
export function folderInputs(): HostileInput[] {
  return [...emptyInputs(), ...irregularInputs(), ...nameInputs(), ...treeInputs()];
}

const FILES = [
  "a.jsonl",
  "a.csv",
  "a.eval",
  "a.json",
  "a.jsonl.gz",
  "a.csv.zst",
  "dataset.json",
  "sample_001/response.json",
  "rollout.json",
  "judgment.json",
  "messages_record.txt",
  "metadata.json",
];

const plain = FILES.filter((file) => !file.includes("/"));

function emptyInputs(): HostileInput[] {
  const write = async (folder: string, file: string, text: string) => {
    if (file.includes("/")) await Deno.mkdir(`${folder}/sample_001`);
    await Deno.writeTextFile(`${folder}/${file}`, text);
  };
  return [
    ...FILES.flatMap((file) => [
      { name: `an empty ${file}`, write: (folder: string) => write(folder, file, "") },
      { name: `${file} of one bracket`, write: (folder: string) => write(folder, file, "{") },
      { name: `${file} of null`, write: (folder: string) => write(folder, file, "null") },
    ]),
    { name: "an empty folder", write: () => {}, entries: 0 },
  ];
}

/** Beside a good file, which must be read all the same. */
function irregularInputs(): HostileInput[] {
  const beside = (name: string, make: (folder: string) => Promise<unknown>): HostileInput => ({
    name,
    write: async (folder) => {
      await Deno.writeTextFile(`${folder}/good.jsonl`, line());
      await make(folder);
    },
    ...(name.includes("dataset.json") ? {} : { samples: 1 }),
  });
  return plain.flatMap((file) => [
    beside(`a folder named ${file}`, (folder) => Deno.mkdir(`${folder}/${file}`)),
    beside(`a pipe named ${file}`, (folder) => pipe(`${folder}/${file}`)),
    beside(`a link to nothing named ${file}`, (folder) => Deno.symlink("nothing", `${folder}/${file}`)),
    beside(`a link to itself named ${file}`, (folder) => Deno.symlink(file, `${folder}/${file}`)),
    beside(`a link to its folder named ${file}`, (folder) => Deno.symlink(".", `${folder}/${file}`)),
    beside(`a link to /dev/zero named ${file}`, (folder) => Deno.symlink("/dev/zero", `${folder}/${file}`)),
    ...(Deno.uid() === 0 ? [] : [
      beside(`${file} without permission`, async (folder) => {
        await Deno.writeTextFile(`${folder}/${file}`, line());
        await Deno.chmod(`${folder}/${file}`, 0);
      }),
    ]),
  ]).concat([
    { name: "a link to itself alone", write: (folder) => link(folder, "loop.jsonl", "loop.jsonl"), entries: 1 },
    { name: "a link to /dev/zero alone", write: (folder) => link(folder, "zero.jsonl", "/dev/zero"), entries: 1 },
    {
      name: "a pipe alone",
      write: async (folder) => (await pipe(`${folder}/p.jsonl`), `${folder}/p.jsonl`),
      entries: 1,
    },
  ]);
}

async function link(folder: string, name: string, to: string): Promise<string> {
  await Deno.symlink(to, `${folder}/${name}`);
  return `${folder}/${name}`;
}

/** Made by a process of its own, as Deno makes none; an empty folder where there are no named pipes. */
async function pipe(path: string): Promise<void> {
  const code = `new Deno.Command("mkfifo", { args: ${JSON.stringify([path])} }).outputSync()`;
  await new Deno.Command("deno", { args: ["eval", "--no-lock", code] }).output();
  if (await Deno.lstat(path).catch(() => undefined) === undefined) await Deno.mkdir(path);
}

function nameInputs(): HostileInput[] {
  const names = [
    "a\nb",
    " ",
    "a b",
    "%2e%2e",
    "a%00b",
    "#",
    "?",
    "ä",
    "a\u0301",
    "😀",
    "-",
    "--json",
    "*",
    "[a]",
    "\x1b[31m",
  ];
  const more = ["'", '"', "\\", "~", "$HOME", "x".repeat(240), "__proto__", "constructor", "CON", "a.csv"];
  return [...names, ...more].flatMap((name) => [
    fileInput("an odd name", line(), { file: `${name}.jsonl`, entries: 1, samples: 1 }),
    {
      name: `a folder named ${JSON.stringify(name)}`,
      write: async (folder: string) => {
        await Deno.mkdir(`${folder}/${name}`);
        await Deno.writeTextFile(`${folder}/${name}/a.jsonl`, line());
      },
      entries: 1,
      samples: 1,
    },
  ]);
}

function treeInputs(): HostileInput[] {
  const responses = [
    "{}",
    "[]",
    "{",
    '{"raw_response":7}',
    '{"error":1,"metadata":{"failed":true}}',
    '{"raw_response":"<a>"}',
  ];
  const tags = ["<tool_use:email>", "<SCRATCHPAD_REASONING>", "</x>"];
  const deep = tags.map((tag) => JSON.stringify({ raw_response: tag.repeat(20_000), metadata: { model: "m" } }));
  return [
    ...[...responses, ...deep].map((text) => ({
      name: `a tree with response ${text.slice(0, 50)}`,
      write: async (folder: string) => {
        const at = `${folder}/models/m/blackmail_explicit-america_replacement/sample_001`;
        await Deno.mkdir(at, { recursive: true });
        await Deno.writeTextFile(`${at}/response.json`, text);
      },
      entries: 1,
    })),
    {
      name: "2,000 small files",
      write: async (folder) => {
        for (let id = 0; id < 2000; id++) {
          await Deno.writeTextFile(`${folder}/${id}.jsonl`, line(id % 2 ? { id: String(id) } : {}));
        }
      },
      entries: 2000,
      samples: 1000,
    },
    {
      name: "folders 500 deep",
      write: async (folder) => {
        const at = `${folder}${"/d".repeat(500)}`;
        await Deno.mkdir(at, { recursive: true });
        await Deno.writeTextFile(`${at}/a.jsonl`, line());
      },
      entries: 1,
      samples: 1,
    },
    {
      name: "a tree of links to the file and the folder",
      write: async (folder) => {
        await Deno.writeTextFile(`${folder}/a.jsonl`, line());
        for (let count = 0; count < 20; count++) {
          await Deno.symlink("a.jsonl", `${folder}/l${count}.jsonl`);
          await Deno.symlink("..", `${folder}/up${count}`);
        }
      },
      entries: 21,
      samples: 1,
    },
  ];
}
