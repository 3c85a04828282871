/**
 * Hostile inputs with a `dataset.json`: cards that are broken, lie about their files, or lead elsewhere.
 *
 * @module
 */
import { cardOf, type HostileInput, line } from "./input.ts";

/** Cards beside one good file. */
export function cardInputs(): HostileInput[] {
  const good = cardOf("a.jsonl", line());
  const [{ sha256 }] = good.files;
  const card = (
    name: string,
    changes: unknown,
    account: { entries?: number; samples?: number } = {},
  ): HostileInput => ({
    name: `a card with ${name}`,
    write: async (folder) => {
      await Deno.writeTextFile(`${folder}/a.jsonl`, line());
      const text = typeof changes === "string" ? changes : JSON.stringify({ ...good, ...changes as object });
      await Deno.writeTextFile(`${folder}/dataset.json`, text);
    },
    ...account,
  });
  const paths = [
    "../x",
    "/etc/passwd",
    "a/../../x",
    "..",
    ".",
    "",
    "x\n/../../../x",
    "a.jsonl\0",
    "b.jsonl",
    "./a.jsonl",
    "a.jsonl/",
  ];
  const wrong = Object.keys(good).flatMap((field) =>
    [null, 7, [], {}, "", [7]].map((value) => [field, value] as const)
  );
  const file = (path: string, hash = sha256) => ({ files: [{ path, sha256: hash }] });
  const mapping = (model: unknown) => ({
    format: "mapped",
    mapping: { records: "jsonl", model, scenario: { value: "s" } },
  });
  return [
    card("nothing wrong", {}, { entries: 1, samples: 1 }),
    card("a wrong hash", file("a.jsonl", "0".repeat(64)), { entries: 2, samples: 1 }),
    card("an upper-case hash", file("a.jsonl", sha256.toUpperCase()), { entries: 1, samples: 0 }),
    ...paths.map((path) => card(`the path ${JSON.stringify(path)}`, file(path))),
    ...wrong.map(([field, value]) => card(`${field} ${JSON.stringify(value)}`, { [field]: value })),
    ...["x\n/../../secret.jsonl", "../secret.jsonl", "y/../../secret.jsonl"].map((path): HostileInput => ({
      name: `a card that leads to a file beside its folder by ${JSON.stringify(path)}`,
      write: async (folder) => {
        await Deno.mkdir(`${folder}/in`);
        await Deno.writeTextFile(`${folder}/secret.jsonl`, line());
        await Deno.writeTextFile(`${folder}/in/dataset.json`, JSON.stringify({ ...good, ...file(path) }));
        return `${folder}/in`;
      },
      entries: 1,
      samples: 0,
    })),
    card("the file twice", { files: [...good.files, ...good.files] }),
    card(
      "10,000 absent files",
      { files: Array.from({ length: 10_000 }, (_, id) => ({ path: `${id}.jsonl`, sha256 })) },
      {
        entries: 10_000,
        samples: 0,
      },
    ),
    card("a name that is a path", {
      name: "../../../x",
      transcripts: { format: "nostalgebraist", base: "https://x.org", ...file("x.jsonl") },
    }),
    card("__proto__", JSON.stringify(good).replace("{", '{"__proto__":{"polluted":1},'), { entries: 1, samples: 0 }),
    card("10,000 brackets", "[".repeat(10_000), { entries: 1, samples: 0 }),
    card("2,000,000 values", `{"files":[${"1,".repeat(2_000_000)}1]}`, { entries: 1, samples: 0 }),
    ...["model", "condition.goal", "__proto__", "constructor", "condition", "labels.0.scores", "a.".repeat(5000)].map((
      from,
    ) => card(`a mapping from ${from.slice(0, 30)}`, mapping({ from }))),
    ...["(", "(a)", "()", "(?<x>a)(b)"].map((path) => card(`a mapping from the path ${path}`, mapping({ path }))),
  ];
}
