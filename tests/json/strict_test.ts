/** A key that stands twice in one object is refused by name, wherever JSON comes in; JSON without one is never refused. */
import assert from "node:assert/strict";
import { parseReply } from "$lib/labelers/judge/reply.ts";
import { parseLabelLine } from "$lib/labelers/label_line.ts";
import { parseJson, parseRecord } from "$lib/json/strict.ts";
import { parseKey } from "$lib/labelers/people/blind_items.ts";
import { parsePolicy } from "$lib/policies/load_policy.ts";
import { parsePlan } from "$lib/rates/planning/plan.ts";
import { load } from "$lib/reading/load.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { folderOf } from "../support/temp_folder.ts";

Deno.test("parseJson() gives what JSON.parse() gives, for keys in strings, quotes, colons and slashes alike", () => {
  const random = createRandom(3);
  const words = [
    "a",
    "b",
    '"',
    ":",
    '":',
    "\\",
    "\\\\",
    '\\":',
    '": ',
    "{",
    "}",
    " ",
    "é",
    "\n",
    '"a":1',
    "__proto__x",
  ];
  const word = () => Array.from({ length: random.below(4) }, () => words[random.below(words.length)]).join("");
  const make = (depth: number): unknown => {
    const kind = random.below(depth > 3 ? 3 : 5);
    if (kind === 0) return random.below(10);
    if (kind < 3) return word();
    const many = Array.from({ length: random.below(5) });
    return kind === 3 ? many.map(() => make(depth + 1)) : Object.fromEntries(many.map(() => [word(), make(depth + 1)]));
  };
  for (let round = 0; round < 3000; round++) {
    const value = make(0);
    for (const text of [JSON.stringify(value), JSON.stringify(value, undefined, 2)]) {
      assert.deepEqual(parseJson(text), JSON.parse(text));
    }
  }
});

Deno.test("a doubled key is found at any depth, whatever else is in the text and however it is spelt", () => {
  const random = createRandom(4);
  for (let round = 0; round < 500; round++) {
    const noise = ['"x": "y\\":"', '"n": [1, {"m": ":"}]', '"q": "\\\\"', '"z": {"k": 1}'].filter(() =>
      random.below(2)
    );
    const pair = [['"k": 1', '"k": 2'], ['"k" : true', '"\\u006b":true'], ['"k\\"": 0', '"k\\"":\n0']][round % 3];
    let text = `{${[pair[0], ...noise, pair[1]].join(", ")}}`;
    for (let depth = random.below(4); depth > 0; depth--) text = round % 2 ? `[${text}, 1]` : `{"in": ${text}}`;
    assert.throws(() => parseJson(text), /the key "k(\\")?" stands twice in one object/, text);
    assert.throws(() => parseJson(text.replace(/.$/, ', "nan": NaN}').replace(/^\[/, '{"in": [')), SyntaxError);
  }
  assert.throws(() => parseJson('{"a": NaN, "b": 1, "b": 2}', { python: true }), /the key "b"/);
  assert.deepEqual(parseJson('{"a": {"b": 1}, "c": {"b": 1}}'), { a: { b: 1 }, c: { b: 1 } });
});

Deno.test("a sample, a label line and a judge's reply with a doubled key are refused by the name of the key", async () => {
  const head = '"id":"1","labeler":"j","kind":"judge"';
  assert.throws(() => parseLabelLine(`{${head},"scores":{"harmful":true,"harmful":false}}`), /the key "harmful"/);
  const act =
    '"name":"refuses","against":[],"to":[],"benefits":null,"motive":"ethics","covert":false,"attempted":null,"where":null';
  const reply = (more: string) => `{"acts":[{${act},"quote":"No"${more}}],"states":"nothing","note":null}`;
  assert.equal(parseReply(reply("")).acts.length, 1);
  assert.throws(() => parseReply(reply(',"covert":true')), /the key "covert"/);
  const sample = (scores: string) =>
    `{"id":"${scores.length}","model":"m","scenario":"s","condition":{},"labels":[{"labeler":"a","kind":"rule","scores":${scores}}]}\n`;
  const folder = await folderOf({ "own.jsonl": sample('{"harmful":true,"harmful":false}') + sample('{"h":1}') });
  const [{ samples, report }] = await load([`${folder}/own.jsonl`]);
  assert.equal(samples.length, 1);
  assert.deepEqual(report.rejected.map(({ at, reason }) => [at, reason]), [
    ["line 1", 'the key "harmful" stands twice in one object'],
  ]);
});

Deno.test("every JSON format refuses a doubled key: framework, Bloom, Inspect, verifiers", async () => {
  const condition = "blackmail_explicit-america_replacement";
  const folder = await folderOf({
    [`framework/models/m/${condition}/sample_001/response.json`]:
      '{"raw_response":"No.","metadata":{"model":"m"},"classification":{"harmful_behavior":true,"harmful_behavior":false}}',
    "bloom/rollout.json": '{"metadata":{"target":"m","target":"n"},"rollouts":[]}',
    "inspect.json":
      '{"version":2,"status":"success","eval":{"task":"t","model":"m"},"samples":[{"id":1,"scores":{"h":{"value":1,"value":0}}}]}',
    "verifiers/results.jsonl":
      '{"example_id":1,"prompt":"p","completion":"c","reward":1,"info":"{\\"scenario\\":\\"a\\",\\"scenario\\":\\"b\\"}"}\n',
  });
  for (const path of ["framework", "bloom", "inspect.json", "verifiers/results.jsonl"]) {
    const datasets = await load([`${folder}/${path}`]);
    const said = datasets.flatMap(({ report }) => report.rejected.map(({ reason }) => reason)).join("\n");
    assert.match(said, /the key "\w+" stands twice/, path);
    assert.equal(datasets.flatMap(({ samples }) => samples).length, 0, path);
  }
});

Deno.test("a standard, a plan and a card with a doubled key are refused by the name of the key, as is what else is written by hand", async () => {
  const twice = '{"name":"a","name":"b"}';
  assert.throws(() => parsePolicy(twice, "mine.json"), /Cannot use policy mine\.json: the key "name" stands twice/);
  assert.throws(() => parsePlan(twice, "mine.json"), /Cannot use plan mine\.json: the key "name" stands twice/);
  assert.throws(() => parseKey(twice), /the key "name" stands twice/);
  const folder = await folderOf({ "dataset.json": twice, "a.jsonl": "" });
  const [{ report }] = await load([folder]);
  assert.deepEqual(report.rejected.map(({ reason }) => reason), [
    'cannot be read: the key "name" stands twice in one object',
  ]);
});

Deno.test("what is nested too deep or holds too many values is refused before it fills the memory", () => {
  const nested = (depth: number, open: string, close: string) => `${open.repeat(depth)}1${close.repeat(depth)}`;
  for (const [open, close] of [["[", "]"], ['{"a":', "}"]]) {
    assert.doesNotThrow(() => parseJson(nested(200, open, close)));
    assert.throws(() => parseJson(nested(201, open, close)), /^SyntaxError: nested more than 200 deep$/);
    assert.throws(() => parseJson(nested(100_000, open, close)), /nested more than 200 deep/);
    assert.throws(() => parseJson(open.repeat(40_000_000 / open.length)), /nested more than 200 deep/);
  }
  const before = Deno.memoryUsage().rss;
  const many = `[${"{},".repeat(20_000_000)}{}]`;
  assert.throws(() => parseJson(many), /^SyntaxError: holds more than 7500000 values$/);
  assert.deepEqual(parseRecord(`{"a":${many}}`), { reason: "holds more than 500000 values" });
  assert(Deno.memoryUsage().rss - before < 300e6);
  const long = JSON.stringify(Array.from({ length: 1_000_000 }, (_, at) => `a value that is no bomb ${at}`));
  assert.equal((parseJson(long) as unknown[]).length, 1_000_000);
  assert.equal((parseJson(`["${',[{"'.replace('"', '\\"').repeat(3_000_000)}"]`) as unknown[]).length, 1);
});
