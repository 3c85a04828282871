/**
 * Hostile inputs of anyone's data: lists in JSON that are cut, deep or endless, event logs and their tags, and mappings
 * over them.
 *
 * @module
 */
import { cardOf, fileInput, type HostileInput, line } from "./input.ts";

/** Lists in JSON, then logs, then mappings. */
export function anyonesInputs(): HostileInput[] {
  return [...listInputs(), ...eventInputs(), ...mappingInputs()];
}

function listInputs(): HostileInput[] {
  const own = JSON.parse(line());
  const list = (count: number) => JSON.stringify(Array.from({ length: count }, (_, id) => ({ ...own, id: `${id}` })));
  const json = (name: string, text: string, account: { entries?: number; samples?: number } = {}) =>
    fileInput(`JSON: ${name}`, text, { file: "a.json", ...account });
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}${list(2)}${"}".repeat(depth)}`;
  return [
    json("a list", list(3), { entries: 3, samples: 3 }),
    json("a list that ends within a record", list(3).slice(0, -40), { entries: 3, samples: 2 }),
    json("a list that ends after a comma", `${list(2).slice(0, -1)},`, { entries: 3, samples: 2 }),
    json("a list without a comma", list(2).replace('},{"id"', '} {"id"'), { entries: 1, samples: 0 }),
    json("a list with a text in it", `${list(2).slice(0, -1)},"x"]`, { entries: 3, samples: 2 }),
    json("a list with a list in it", `${list(2).slice(0, -1)},[{}]]`, { entries: 3, samples: 2 }),
    json("a list of 100,000 records of one id", JSON.stringify(Array(100_000).fill(own)), {
      entries: 100_000,
      samples: 1,
    }),
    json("a list of 1,000,000 empty objects", `[${"{},".repeat(1_000_000)}{}]`),
    json("a list 3 objects deep", nested(3), { entries: 2, samples: 2 }),
    json("a list 100 objects deep", nested(100)),
    json("100,000 brackets", "[".repeat(100_000)),
    json("100,000 braces", '{"a":'.repeat(100_000)),
    json("100,000 lists", `{${Array.from({ length: 100_000 }, (_, key) => `"${key}":[{}]`).join(",")}}`),
    json("a key that never ends", `{"${"a".repeat(1_000_000)}`),
    json("a key of escapes", `{"${"\\\\".repeat(100_000)}":[{"id":1}]}`),
    json("a key that is no JSON", '{"\\q":[{"id":1}]}'),
    json("__proto__ as the list", `{"__proto__":${list(2)}}`),
    json("constructor as the list", `{"constructor":${list(2)}}`, { entries: 2, samples: 2 }),
    json("__proto__ in a record", list(2).replace("{", '{"__proto__":{"polluted":1},'), { entries: 2, samples: 1 }),
    json("a list after NUL", `\0${list(2)}`),
    json("NaN in a record", list(2).replace("true", "NaN"), { entries: 2, samples: 2 }),
    json("a list that is no UTF-8", list(2).replace('"m"', '"\ufffd"')),
  ];
}

function eventInputs(): HostileInput[] {
  const event = (payload: unknown) => JSON.stringify({ event: "assistant_message", assistant_payload: payload });
  const good = event({ role: "assistant", content: "c" });
  const payloads: readonly unknown[] = [null, 7, [], {}, "x", { role: 7 }, { role: "assistant", content: 7 }, {
    role: "assistant",
    content: [[[]], null, { type: {} }, { text: { value: {} } }],
    tool_calls: [null, 7, { function: null }, { function: { name: {}, arguments: [[]] } }],
    function_call: 7,
    summary: [null],
  }];
  const withTags = (name: string, tags: string): HostileInput => ({
    name: `an event log beside tags that are ${name}`,
    write: async (folder) => {
      await Deno.writeTextFile(`${folder}/x.log_1.jsonl`, good);
      await Deno.writeTextFile(`${folder}/tags.json`, tags);
    },
    samples: tags.startsWith("{") && tags.endsWith("}") && !tags.includes("__proto__") ? 1 : 0,
  });
  return [
    ...payloads.map((payload, index) =>
      fileInput(`an event log with payload ${index}`, `${good}\n${event(payload)}\n`)
    ),
    fileInput("an event log of 100,000 events", `${good}\n`.repeat(100_000), { entries: 1, samples: 1 }),
    withTags("no JSON", "{"),
    withTags("a list", "[]"),
    withTags("numbers", '{"x.log_1.jsonl":7}'),
    withTags("lists of lists", '{"x.log_1.jsonl":[["a"],null,{"b":1}]}'),
    withTags("__proto__", '{"__proto__":["polluted"]}'),
  ];
}

function mappingInputs(): HostileInput[] {
  const mapped = (name: string, path: string, text: string, mapping: Record<string, unknown>): HostileInput => ({
    name: `a mapping over ${name}`,
    write: async (folder) => {
      await Deno.writeTextFile(`${folder}/${path}`, text);
      const whole = { model: { value: "m" }, scenario: { value: "s" }, ...mapping };
      const card = cardOf(path, text, { format: "mapped", mapping: whole, labelers: { x: "y" } });
      await Deno.writeTextFile(`${folder}/dataset.json`, JSON.stringify(card));
    },
  });
  const labels = [{ labeler: { from: "judge" }, kind: "judge", scores: { a: "a" } }];
  const rows = (count: number) => `id,judge,a\n${Array.from({ length: count }, (_, at) => `1,j${at},1\n`).join("")}`;
  return [
    mapped("a list that is elsewhere", "a.json", '{"b":[{}]}', { records: "json", list: "c" }),
    mapped("JSON that is none", "a.json", "{", { records: "json" }),
    mapped("an empty list", "a.json", "[]", { records: "json" }),
    mapped("Parquet that is none", "a.parquet", "PAR1 x PAR1", { records: "parquet" }),
    mapped("JSONL as Parquet", "a.jsonl", "{}", { records: "parquet" }),
    mapped("2,000 judges of one sample", "a.csv", rows(2000), { records: "csv", id: "id", labels }),
    mapped("conversations of anything", "a.json", '[{"m":7},{"m":"[["},{"m":[7]},{"m":[{"role":"x"}]}]', {
      records: "json",
      messages: { list: ["m", "n"] },
    }),
    ...["((?:a|a)*)b", "^((?:a+)+)$", "((?:a?){60}a{60})b"].map((path) =>
      mapped(`a path by ${path}`, `${"a".repeat(200)}.csv`, "id\n1\n", { records: "csv", model: { path } })
    ),
    mapped("a header of separators", "a.csv", `${";".repeat(1000)}\n`, { records: "csv" }),
  ];
}
