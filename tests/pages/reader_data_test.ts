/** What the reader holds: its counts are those of the library, its findings name the rule, its choice is what was asked. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { OUTCOMES } from "$lib/acts/vocabulary.ts";
import { chooseSamples, MOST_SAMPLES } from "$lib/pages/reader/chosen_samples.ts";
import { changesOf, steps } from "$lib/pages/reader/client/diff.ts";
import { citation, linked, linkTo } from "$lib/pages/reader/client/links.ts";
import { firstCompared, pairsOf } from "$lib/pages/reader/client/pairs.ts";
import { type Asked, countRows, findingFor, isDisputed } from "$lib/pages/reader/client/question.ts";
import { quotesOf } from "$lib/pages/reader/client/quotes.ts";
import { startOf } from "$lib/pages/reader/views/reader.ts";
import { wanted } from "$lib/pages/reader/client/filter.ts";
import { writeReader } from "$lib/pages/reader/page.ts";
import { emailsIn } from "$lib/pages/emails.ts";
import { quotePlace } from "$lib/pages/marked_text.ts";
import { loadPolicies } from "$lib/policies/load_policy.ts";
import { loadSituations } from "$lib/policies/load_situations.ts";
import { counts } from "$lib/rates/counting/counts.ts";
import { load } from "$lib/reading/load.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { dataOf, readerSource } from "../support/reader.ts";
import { folderOf } from "../support/temp_folder.ts";

const DATA = fileURLToPath(new URL("../../data/", import.meta.url));
const SETS = [
  "opus4-variants",
  "odcv-judges",
  "pacifaist",
  "bloom-self-preservation",
  "opus4-second-coder",
  "palisade-shutdown",
];

/** `undefined` where the library refuses to count as nobody said whose answer counts. */
function refused<T>(count: () => T): T | undefined {
  try {
    return count();
  } catch (error) {
    if (error instanceof RangeError && /several labelers gave it/.test(error.message)) return undefined;
    throw error;
  }
}

/** Counts without the clusters behind them, which the page does not hold. */
const plain = (rows: ReturnType<typeof counts>) => rows.map(({ clustered: _, ...row }) => row);

for (const name of SETS) {
  Deno.test(`the reader's counts of ${name} are those of the library, for every standard, labeler, score and factor`, async () => {
    const data = await dataOf(`${DATA}${name}`);
    const datasets = await load([`${DATA}${name}`]);
    const [policies, situations] = [await loadPolicies(), await loadSituations()];
    const { asked } = startOf(data);
    let compared = 0;
    const groupings = [[], ...data.factors.map((_, at) => [at]), [0, data.factors.length - 1]];
    for (const by of groupings) {
      const fields = by.map((at) => data.factors[at].name);
      const same = (question: Partial<Asked>, questions: Parameters<typeof counts>[2]) => {
        const expected = refused(() => plain(counts(datasets, fields, questions, () => {})));
        assert.deepEqual(countRows(data, { ...asked, ...question }, data.samples, by), expected);
        compared += expected?.length ?? 0;
      };
      for (const [standard, policy] of policies.entries()) {
        for (const labeler of data.labelers) {
          const who = labeler === "" ? undefined : labeler;
          same(
            { score: -1, standard, labeler },
            OUTCOMES.map((outcome) => ({ outcome, policy, situations, labeler: who })),
          );
        }
      }
      for (const [score, label] of data.scores.entries()) {
        const given = data.samples.flatMap(({ labels }) =>
          labels.filter(({ scores }) => scores?.some(([one]) => one === score)).map(({ labeler }) => labeler)
        );
        for (const labeler of ["", ...new Set(given)]) {
          same({ score, labeler }, [{ label, labeler: labeler === "" ? undefined : labeler }]);
        }
      }
    }
    assert(compared > 20, `only ${compared} rows compared`);
  });
}

Deno.test("data sets read together are counted as the library counts them together", async () => {
  const paths = SETS.slice(0, 4).map((name) => `${DATA}${name}`);
  const data = await dataOf(...paths);
  const datasets = await load(paths);
  const model = data.factors.findIndex(({ name }) => name === "model");
  for (const [score, label] of data.scores.entries()) {
    const expected = refused(() => plain(counts(datasets, ["model"], [{ label }], () => {})));
    assert.deepEqual(countRows(data, { ...startOf(data).asked, score, labeler: "" }, data.samples, [model]), expected);
  }
});

Deno.test("the same samples give the same bytes", async () => {
  const source = async () => writeReader(await readerSource(`${DATA}opus4-variants`));
  assert.equal(await source(), await source());
});

async function jsonl(samples: readonly unknown[]): Promise<string> {
  const text = samples.map((one) => JSON.stringify(one)).join("\n");
  return `${await folderOf({ "samples.jsonl": text })}/samples.jsonl`;
}

const ACTS = (labeler: string, ...acts: unknown[]) => ({ labeler, kind: "human", acts });
const sampleOf = (id: string, of: Record<string, unknown> = {}) => ({
  id,
  model: "m",
  scenario: "s",
  condition: { goal_conflict: "none" },
  labels: [],
  ...of,
});

Deno.test("a finding names the rule that fired and the act it fired on, and each standard has its own", async () => {
  const acts = [{ name: "complies" }, { name: "leaks", against: ["user"] }];
  const file = await jsonl([sampleOf("1", { labels: [ACTS("a", ...acts)] }), sampleOf("2")]);
  const data = await dataOf(file);
  const { asked } = startOf(data);
  const first = findingFor(data, asked, data.samples[0]);
  assert.equal(first.outcome, "subvert");
  assert.equal(first.act, "leaks");
  assert.match(data.standards[0].rules[first.rule! - 1].when, /leaks/);
  const others = data.standards.map((_, at) => findingFor(data, asked, data.samples[0], at).outcome);
  assert(new Set(others).size > 1, others.join());
  assert.equal(findingFor(data, asked, data.samples[1]).outcome, undefined);
});

Deno.test("labelers who come to different outcomes disagree; one who gave nothing does not", async () => {
  const [refuses, leaks] = [{ name: "refuses" }, { name: "leaks" }];
  const scored = (labeler: string, harmful: unknown) => ({ labeler, kind: "judge", scores: { harmful } });
  const file = await jsonl([
    sampleOf("1", { labels: [ACTS("a", refuses), ACTS("b", leaks), scored("c", true), scored("d", "Yes")] }),
    sampleOf("2", { labels: [ACTS("a", refuses), ACTS("b", refuses), scored("c", true), scored("d", null)] }),
    sampleOf("3", { labels: [ACTS("a", refuses), scored("c", true), scored("d", 0)] }),
  ]);
  const data = await dataOf(file);
  const { asked } = startOf(data);
  assert.deepEqual(data.labelers, ["a", "b"]);
  assert.deepEqual(data.samples.map((sample) => isDisputed(data, asked, sample)), [true, false, false]);
  const harmful = { ...asked, score: data.scores.indexOf("harmful"), labeler: "" };
  assert.deepEqual(data.samples.map((sample) => isDisputed(data, harmful, sample)), [false, false, true]);
  assert.deepEqual(wanted(data, { ...asked, isDisputed: true }, undefined), [0]);
});

Deno.test("a quote is found where the model said it, across line breaks; elsewhere it is not the model's, or nowhere", async () => {
  const messages = [
    { role: "user", content: "I know about  J. Handle the inbox." },
    { role: "assistant", content: "Now: I know\nabout J. Stop.", reasoning: "(a+)+ [x" },
  ];
  const quotes = ["I know about J.", "Handle the inbox", "(a+)+ [x", "never said"];
  const acts = quotes.map((quote) => ({ name: "leaks", quote }));
  const data = await dataOf(await jsonl([sampleOf("1", { messages, labels: [ACTS("a", ...acts)] })]));
  const [sample] = data.samples;
  const found = quotesOf(data, sample).map(({ part, start, end, isOfModel, number }) => ({
    text: part === -1 ? undefined : data.texts[sample.parts[part].text].slice(start, end),
    isOfModel,
    number,
  }));
  assert.deepEqual(found, [
    { text: "I know\nabout J.", isOfModel: true, number: 1 },
    { text: "Handle the inbox", isOfModel: false, number: 2 },
    { text: "(a+)+ [x", isOfModel: true, number: 3 },
    { text: undefined, isOfModel: false, number: 4 },
  ]);
  assert.equal(quotePlace("x", "  "), undefined);
});

Deno.test("a pair is alike in all but one factor, and what has no partner is counted", async () => {
  const of = (id: string, goal_conflict: string, threat: string, model = "m") =>
    sampleOf(id, { model, condition: { goal_conflict, threat } });
  const file = await jsonl([
    of("1", "conflict", "none"),
    of("2", "none", "none"),
    of("3", "none", "replacement"),
    of("4", "conflict", "replacement"),
    of("5", "none", "none"),
    of("6", "none", "none", "other"),
  ]);
  const other = await jsonl([of("7", "conflict", "none", "other")]); // a file a condition, as logs are
  const data = await dataOf(file, other);
  const compared = firstCompared(data)!;
  assert.equal(data.factors[compared.factor].name, "goal_conflict");
  const { pairs, alone } = pairsOf(data, compared);
  const ids = pairs.map(({ first, second }) => [data.samples[first].id, data.samples[second].id]);
  assert.deepEqual(ids, [["1", "2"], ["4", "3"], ["7", "6"]]);
  assert.equal(alone, 1); // 5
});

Deno.test("a diff gives both texts back, whatever they are, and is as short as the longest common part allows", () => {
  const random = createRandom(7);
  const textOf = () =>
    Array.from({ length: random.below(12) }, () => ["a ", "b ", "c\n", "\n"][random.below(4)]).join("");
  for (let turn = 0; turn < 2000; turn++) {
    const [first, second] = [textOf(), textOf()];
    const changes = changesOf(first, second);
    const side = (kind: string) =>
      changes.filter((one) => one.kind === "same" || one.kind === kind).map(({ text }) => text);
    assert.equal(side("gone").join(""), first);
    assert.equal(side("new").join(""), second);
    const [a, b] = [[...first], [...second]];
    const same = steps(a, b).filter(({ kind }) => kind === "same").reduce((sum, { text }) => sum + text.length, 0);
    assert.equal(same, longestCommon(a, b));
  }
});

/** By trying, without a table. */
function longestCommon(
  a: readonly string[],
  b: readonly string[],
  i = 0,
  j = 0,
  known = new Map<number, number>(),
): number {
  if (i === a.length || j === b.length) return 0;
  const key = i * 1000 + j;
  const found = known.get(key) ??
    (a[i] === b[j]
      ? 1 + longestCommon(a, b, i + 1, j + 1, known)
      : Math.max(longestCommon(a, b, i + 1, j, known), longestCommon(a, b, i, j + 1, known)));
  known.set(key, found);
  return found;
}

Deno.test("emails are found in tags, closed or not, and by their header lines; one such line is no email", () => {
  const found = (text: string) => emailsIn(text).map(({ start, end }) => text.slice(start, end));
  const [one, two] = ["<email>\nID: 1\nFrom: a@b.c\n\nHi.\n</email>\n", "<tool_use:email>\nto: a@b.c\nbody: Hi"];
  assert.deepEqual(found(`Inbox:\n${one}\n${one}Then\n${two}`), [one, one, two]);
  assert.deepEqual(found("From: a\nTo: b\n\nHi.\n\nFrom: c\nSubject: d\n\nHo."), [
    "From: a\nTo: b\n\nHi.\n\n",
    "From: c\nSubject: d\n\nHo.",
  ]);
  assert.deepEqual(found("Note to: all.\nTo: be or not\n\nDate: today"), []);
  const random = createRandom(3);
  const lines = ["From: a\n", "To: b\n", "\n", "---\n", "<email>\n", "</email>\n", "Hi.\n", "<tool_use:x>\n"];
  for (let turn = 0; turn < 2000; turn++) {
    const text = Array.from({ length: random.below(10) }, () => lines[random.below(lines.length)]).join("");
    let at = 0;
    for (const { start, end, names } of emailsIn(text)) {
      assert(start >= at && end > start && end <= text.length, text);
      assert(names.every((name) => name.start >= start && name.end <= end), text);
      at = end;
    }
  }
});

Deno.test("a permalink leads back, whatever the id; a citation says what, who, where", async () => {
  for (const id of ["a/b.jsonl:1", "100%", "m3", "a/m3", "ü #?&", "\ud83d\ude00", "x~2"]) {
    for (const at of [undefined, "m3", "q12"]) assert.deepEqual(linked(linkTo(id, at)), { key: id, at });
  }
  assert.deepEqual(linked("#a/b.jsonl:1/m3"), { key: "a/b.jsonl:1", at: "m3" });
  assert.equal(linked(""), undefined);
  const messages = [{ role: "user", content: "Do." }, { role: "assistant", content: "No." }];
  const data = await dataOf(await jsonl([sampleOf("7", { messages })]));
  const [sample] = data.samples;
  assert.equal(
    citation(data, sample, "No.", 1),
    `“No.”, m, sample 7 of ${data.datasets[0].name} (scenario=s, goal_conflict=none), message 2 (assistant), ` +
      `${sample.source}, transcript sha256 ${sample.hash}…, reader #7/m2`,
  );
});

Deno.test("ids that two samples share are told apart in links", async () => {
  const [a, b] = [["a", "m"], ["b", "n"]].map(([id, model]) => [sampleOf("1", { model }), sampleOf(id, { model })]);
  const data = await dataOf(await jsonl(a), await jsonl(b));
  assert.equal(new Set(data.samples.map(({ key }) => key)).size, 4);
  assert.deepEqual(data.samples.filter(({ id }) => id !== "1").map(({ key }) => key), ["a", "b"]);
});

Deno.test("a draw is repeated by its seed, keeps the order, and gives every sample its chance", async () => {
  const file = await jsonl(Array.from({ length: 20 }, (_, at) => sampleOf(String(at).padStart(2, "0"))));
  const times = new Map<string, number>();
  for (let seed = 0; seed < 200; seed++) {
    const draw = async () =>
      (await chooseSamples([file], { where: {}, draw: { size: 5, seed } })).samples.map(({ sample }) => sample.id);
    const ids = await draw();
    if (seed === 0) assert.deepEqual(await draw(), ids);
    assert.deepEqual(ids, [...new Set(ids)].sort());
    for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  }
  // 200 draws of 5 of 20: each 50 times, standard deviation 6.1; 20 samples within 4 of these by chance in 99.9 %.
  assert.equal(times.size, 20);
  for (const [id, count] of times) assert(Math.abs(count - 50) < 25, `${id}: ${count}`);
});

Deno.test("what a page cannot hold is refused with what to type next; a level that is nowhere too", async () => {
  const file = await jsonl(Array.from({ length: MOST_SAMPLES + 5 }, (_, at) => sampleOf(String(at))));
  const choose = (choice: Parameters<typeof chooseSamples>[1]) => chooseSamples([file], choice);
  await assert.rejects(
    choose({ where: {} }),
    /20005 samples .*--where FACTOR=LEVEL, or draw with --sample 18000 --seed 1/,
  );
  assert.equal((await choose({ where: {}, draw: { size: 18000, seed: 1 } })).samples.length, 18000);
  await assert.rejects(choose({ where: { goal_conflict: ["conflict"] } }), /no sample has it: levels are none/);
  await assert.rejects(
    choose({ where: { thread: ["none"] } }),
    /no sample has thread: factors are model, scenario, goal_conflict/,
  );
});
