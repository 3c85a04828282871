/** The command line, as its user calls it: exit status, standard output, and what is said on bad input. */
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { REALDATA, realTest } from "../support/realdata.ts";
import { readTable } from "../support/read_table.ts";

/** Published counts with no card beside them. */
const BARE_COUNTS = `${await Deno.makeTempDir()}/rates.csv`;
await Deno.copyFile(new URL("../../data/lynch2025/rates.csv", import.meta.url), BARE_COUNTS);

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

async function task(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["task", "--quiet", ...args],
    cwd: ROOT,
    stdin: "null",
    env: { NO_COLOR: "1", INIT_CWD: ROOT }, // what deno task sets, unless an outer task has set it already
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

async function brokenFolder(): Promise<string> {
  const folder = await Deno.makeTempDir();
  const sample = (id: string, harmful: unknown) => ({
    id,
    model: "m",
    scenario: "blackmail",
    condition: { goal_conflict: Number(id) % 2 ? "conflict" : "none" },
    labels: [{ labeler: "x", kind: "judge", scores: { harmful, severity: 10 * Number(id) } }],
  });
  const lines = Array.from({ length: 8 }, (_, i) => JSON.stringify(sample(String(i + 1), i === 3 ? null : i < 2)));
  lines[2] = "{broken";
  lines[6] = JSON.stringify({ ...sample("7", true), scenario: 5 });
  lines[7] = JSON.stringify(sample("1", true));
  await Deno.writeTextFile(`${folder}/a.jsonl`, lines.join("\n"));
  await Deno.writeTextFile(`${folder}/empty.jsonl`, "");
  return folder;
}

Deno.test("arms that two labelers judged, each one of them, are compared with a warning, also in the JSON", async () => {
  const folder = await Deno.makeTempDir();
  const lines = [["1", "none", "A"], ["2", "none", "A"], ["3", "replacement", "B"]].map(([id, threat, labeler]) =>
    JSON.stringify({
      id,
      model: "m",
      scenario: "s",
      condition: { threat },
      labels: [{ labeler, kind: "judge", scores: { harmful: labeler === "A" } }],
    })
  );
  await Deno.writeTextFile(`${folder}/a.jsonl`, lines.join("\n"));
  const warning = /harmful was judged by 2 labelers, each for samples of its own: A \(2\), B \(1\)/;
  const asked = { rates: ["--by", "threat"], contrasts: ["--factor", "threat", "--levels", "none,replacement"] };
  for (const [command, options] of Object.entries(asked)) {
    const { out, err } = await task(command, folder, ...options, "--label", "harmful", "--json");
    assert.match(err, warning);
    assert.match(JSON.parse(out).warnings[0], warning);
  }
  const one = await task("rates", folder, ...asked.rates, "--label", "harmful", "--labeler", "A", "--json");
  assert.equal("warnings" in JSON.parse(one.out), false);
});

Deno.test("load names everything that is wrong in one go, ends with 1, and --json prints one object and nothing else", async () => {
  const folder = await brokenFolder();
  const { code, out } = await task("load", folder, "--json");
  assert.equal(code, 1);
  const { datasets } = JSON.parse(out);
  const [{ path, format, files, samples, models, conditions, labels, rejected, duplicates }] = datasets;
  assert.deepEqual({ path, format, files, samples, models, duplicates }, {
    path: folder,
    format: "jsonl",
    files: 2,
    samples: 5,
    models: ["m"],
    duplicates: 1,
  });
  assert.deepEqual(conditions, [
    { scenario: "blackmail", condition: { goal_conflict: "conflict" }, samples: 2 },
    { scenario: "blackmail", condition: { goal_conflict: "none" }, samples: 3 },
  ]);
  assert.deepEqual(labels, {
    harmful: { scored: 4, missing: 1 },
    severity: { scored: 5, missing: 0, numbers: [10, 60] },
  });
  const all = datasets.flatMap((set: { rejected: { file: string; at: string }[] }) => set.rejected);
  assert.deepEqual(all.map(({ file, at }: { file: string; at: string }) => `${file.slice(folder.length + 1)} ${at}`), [
    "a.jsonl line 3",
    "a.jsonl line 7",
    "empty.jsonl file",
  ]);
  assert.equal(rejected.length, 3);
  const spoken = await task("load", folder);
  assert.equal(spoken.code, 1);
  for (
    const part of [
      "line 3: not valid JSON",
      "line 7: scenario: Invalid input",
      "the file is empty",
      "line 8: 1 was already seen",
    ]
  ) {
    assert(spoken.out.includes(part), `${part} is not in:\n${spoken.out}`);
  }
});

Deno.test("rates counts what is good, says what is not, and keeps the missing apart", async () => {
  const folder = await brokenFolder();
  const { code, out, err } = await task("rates", folder, "--by", "goal_conflict", "--label", "harmful", "--json");
  assert.equal(code, 1);
  const { rows } = JSON.parse(out);
  assert.deepEqual(rows[1].group, { goal_conflict: "none" });
  const { count, scored, missing, rate, lower, upper, method, bounds, outcome } = rows[1];
  assert.deepEqual([outcome, count, scored, missing, rate, method], ["harmful", 1, 2, 1, 0.5, "clopper-pearson"]);
  assert.deepEqual(bounds, [1 / 3, 2 / 3]);
  assert(lower < rate && rate < upper);
  assert(err.includes("line 3: not valid JSON") && err.includes("line 8: 1 was already seen"), err);
  const least = await task("rates", folder, "--by", "", "--label", "severity", "--at-least", "40", "--csv");
  assert.equal(least.out.split("\n")[1].split(",").slice(0, 4).join(), "severity,3,5,0");
});

Deno.test("no coded acts and no verdict: subversion is missing, its rate null", async () => {
  const { out } = await task("rates", await brokenFolder(), "--by", "model", "--json");
  const [{ count, scored, missing, rate, lower, upper, bounds }] = JSON.parse(out).rows;
  assert.deepEqual([count, scored, missing, rate, lower, upper], [0, 0, 5, null, null, null]);
  assert.deepEqual(bounds, [0, 1]);
});

Deno.test("a score that cannot be used is named by file and line, the rows are printed, and the status is 1", async () => {
  const file = `${await Deno.makeTempDir()}/a.jsonl`;
  const sample = (id: string, harmful: unknown) =>
    JSON.stringify({
      id,
      model: "m",
      scenario: "s",
      condition: {},
      labels: [{ labeler: "x", kind: "judge", scores: { harmful } }],
    });
  await Deno.writeTextFile(file, [sample("1", "maybe"), sample("2", true), sample("3", "7")].join("\n"));
  const { code, out, err } = await task("rates", file, "--by", "model", "--label", "harmful");
  assert.equal(code, 1);
  assert.match(out, /^model=m harmful: .* as 2 of 3 are missing; of the others 1\/1 /);
  assert(err.includes(`${file}, line 1: label harmful is not yes or no: "maybe"`) && err.includes("line 3"), err);
});

Deno.test("a number where yes or no is asked for is wrong use, told once with the values seen, and counted with a least value", async () => {
  const asked = await task("rates", "data/opus4-variants", "--by", "model", "--label", "emails");
  assert.deepEqual([asked.code, asked.out], [2, ""]);
  assert(
    asked.err.includes("Cannot count label emails as its values are numbers: 2, 3") && asked.err.includes("--at-least"),
    asked.err,
  );
  const { code, out } = await task(
    "rates",
    "data/opus4-variants",
    "--by",
    "model",
    "--label",
    "emails",
    "--at-least",
    "1",
  );
  assert.equal(code, 0);
  assert(out.startsWith("model=Claude Opus 4 emails: 29/40"), out);
});

/** 10 prompts × 50 epochs an arm, each prompt all yes or all no: 4 of one arm are yes and 2 of the other. */
async function epochsFile(): Promise<string> {
  const file = `${await Deno.makeTempDir()}/epochs.jsonl`;
  const lines = ["conflict", "none"].flatMap((goal_conflict) =>
    Array.from({ length: 500 }, (_, i) => {
      const harmful = Math.floor(i / 50) < (goal_conflict === "none" ? 2 : 4);
      const labels = [{ labeler: "x", kind: "judge", scores: { harmful } }];
      const cluster = `${goal_conflict} ${Math.floor(i / 50)}`;
      return { id: `${goal_conflict} ${i}`, model: "m", scenario: "s", condition: { goal_conflict }, cluster, labels };
    })
  );
  await Deno.writeTextFile(file, lines.map((line) => JSON.stringify(line)).join("\n"));
  return file;
}

Deno.test("epochs of a prompt are one prompt: rates and contrasts say so, in every form; --interval wilson does not", async () => {
  const file = await epochsFile();
  const rates = (...more: string[]) => task("rates", file, "--by", "goal_conflict", "--label", "harmful", ...more);
  const gap = (...more: string[]) =>
    task("contrasts", file, "--factor", "goal_conflict", "--levels", "conflict,none", "--label", "harmful", ...more);
  const [text, json, csv, plain, next] = await Promise.all([
    rates(),
    rates("--json"),
    rates("--csv"),
    rates("--interval", "wilson"),
    rates("--new-prompt", "--json"),
  ]);
  assert(text.out.includes("200/500 (40\u00a0%, 95\u00a0% CI 17–69\u00a0% over 10 prompts)"), text.out);
  const [row] = JSON.parse(json.out).rows;
  assert.deepEqual([row.clusters, row.over, row.clustered], [10, "prompts", undefined]);
  assert.match(csv.out, /^goal_conflict,outcome,count,scored,missing,rate,lower,upper,level,method,clusters,over,/);
  assert(plain.out.includes("CI 36–44\u00a0% for these 10 prompts)"), plain.out);
  const { new_prompt, new_prompt_lower, new_prompt_upper } = JSON.parse(next.out).rows[0];
  assert(new_prompt > 0.3 && new_prompt < 0.5 && new_prompt_lower < 0.01 && new_prompt_upper > 0.99);
  const [said, rows, paired] = await Promise.all([gap(), gap("--json"), gap("--paired")]);
  assert.match(said.out, /^harmful by .*: 200\/500 against 100\/500, \+20.* over 10 and 10 prompts\), p = 0\.63/);
  assert(said.err.includes("note: guaranteed intervals stand where"));
  const [contrast] = JSON.parse(rows.out).rows;
  assert.deepEqual([contrast.over, contrast.first_clusters, contrast.second_clusters], ["prompts", 10, 10]);
  assert.equal(contrast.test, "cluster permutation, exact");
  assert.deepEqual([paired.code, paired.err.includes("no prompt is in both")], [2, true]);
});

Deno.test("--cluster takes another field, and wrong names of fields and intervals say which there are", async () => {
  const rates = (...more: string[]) =>
    task("rates", "data/odcv-judges", "--by", "", "--label", "final_median", "--at-least", "3", ...more);
  const [models, field, interval] = await Promise.all([
    rates("--cluster", "model"),
    rates("--cluster", "models"),
    rates("--interval", "normal"),
  ]);
  assert.match(models.out, /over 12 models\)/);
  assert.deepEqual([field.code, interval.code], [2, 2]);
  assert.match(
    field.err,
    /Cannot tell clusters apart by models as no sample has it: nearest is model; factors are model, scenario/,
  );
  assert.match(interval.err, /Cannot make an interval normal: intervals are default, recommended, guaranteed/);
});

Deno.test("rates by what a model stated are said to be observational, and overlapping sets are not to be added up", async () => {
  const { err } = await task("rates", "data/lynch2025-realism", "--by", "stated", "--label", "harmful");
  assert(err.includes("stated is observed, not assigned"), err);
  const both = await task("rates", "data", "--by", "scenario", "--label", "harmful");
  assert(both.err.includes("lynch2025-goals and lynch2025 share samples"), both.err);
  assert(both.err.includes("opus4-variants has no such label and is not counted"), both.err);
});

Deno.test("a glob is expanded where the shell did not, and standard input is read", async () => {
  const { code, out } = await task("load", "data/lynch2025*/rates.csv", "--json");
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out).datasets.map(({ cells }: { cells: number }) => cells), [8, 3, 93]);
  assert((await task("load", "data/nothing*")).err.includes("no such path: data/nothing*"));
  const child = new Deno.Command("deno", {
    args: ["task", "--quiet", "rates", "-", "--by", "scenario", "--label", "harmful"],
    cwd: ROOT,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(await Deno.readFile(`${ROOT}data/lynch2025-goals/rates.csv`));
  await writer.close();
  assert((await child.output()).success);
});

Deno.test("good data end with 0; a rate that adds up over factors says over which", async () => {
  const { code, out, err } = await task("rates", "data/lynch2025", "--by", "scenario,goal_conflict,threat", "--csv");
  assert.equal(code, 0);
  assert.equal(out.split("\n").length, 8 + 1);
  assert(err.includes("each rate adds up over model, prohibition;"), err);
  assert.equal((await task("load", "data")).code, 0);
});

for (
  const [what, args, say] of [
    ["no path", ["load"], "name at least one path"],
    ["a path that is not there", ["load", "nowhere.jsonl"], "no such path: nowhere.jsonl"],
    ["an unknown option", ["load", "data", "--jsn"], "--jsn"],
    ["an unknown factor", ["rates", "data/lynch2025", "--by", "goals"], "factors are model, scenario, goal_conflict"],
    ["an unknown label", ["rates", "data/lynch2025", "--by", "model", "--label", "x"], "labels are harmful"],
    [
      "an unknown outcome",
      ["rates", "data/lynch2025", "--by", "model", "--outcome", "x"],
      "outcomes are comply, refuse",
    ],
    [
      "outcome and label",
      ["rates", "data", "--by", "model", "--outcome", "refuse", "--label", "x"],
      "choose --outcome or --label",
    ],
    [
      "a bound that is no number",
      ["rates", "data", "--by", "model", "--label", "x", "--at-least", "y"],
      "must be a number",
    ],
    [
      "an outcome of counts without a card",
      ["rates", BARE_COUNTS, "--by", "model"],
      "no card that says",
    ],
    [
      "a least value for published counts",
      ["rates", "data/lynch2025", "--by", "model", "--label", "harmful", "--at-least", "1"],
      "they have no scores",
    ],
    [
      "a labeler of published counts",
      ["rates", "data/lynch2025", "--by", "model", "--label", "harmful", "--labeler", "x"],
      "choose a labeler of published counts",
    ],
    [
      "a labeler who gave nothing",
      ["rates", "data/opus4-variants", "--by", "model", "--label", "blackmail", "--labeler", "x"],
      "labeler x as it gave nothing",
    ],
    ["a data set without transcripts", ["fetch", "lynch2025"], "no data set of that name has transcripts"],
    ["a width that is no number", ["png", "--width", "wide"], "--width must be a whole number"],
  ] as const
) {
  Deno.test(`${what} is wrong use: status 2, what is wrong, and the usage`, async () => {
    const { code, out, err } = await task(...args);
    assert.equal(code, 2, err);
    assert.equal(out, "");
    assert(err.includes(say) && err.includes(`deno task ${args[0]}`), err);
    assert(!err.includes("    at "), "a bare stack trace");
  });
}

Deno.test({
  name: "a file without read permission is rejected by name and the rest is counted",
  ignore: Deno.build.os === "windows" || Deno.uid() === 0, // root reads everything
  fn: async () => {
    const folder = await brokenFolder();
    await Deno.chmod(`${folder}/empty.jsonl`, 0o000);
    const { code, out } = await task("load", folder);
    assert.equal(code, 1);
    assert(out.includes("cannot be read"), out);
  },
});

realTest("nostalgebraist_by_variant.csv through deno task rates, from raw transcripts", async () => {
  const path = `${REALDATA}/nostalgebraist__results-sharing/agentic-misalignment/samples`;
  for (const label of ["blackmail", "accepts_migration", "hallucinates_technical", "leaks_affair"]) {
    const { code, out } = await task("rates", path, "--by", "variant", "--label", label, "--json");
    assert.equal(code, 0);
    for (const row of readTable(`${REALDATA}/truth/nostalgebraist_by_variant.csv`)) {
      const found = JSON.parse(out).rows.find(({ group }: { group: { variant: string } }) =>
        group.variant === row.variant
      );
      assert.deepEqual([found.count, found.scored], [Number(row[`${label}_n`]), Number(row.n)]);
    }
  }
});

realTest("fetch --from checks each file, and the transcripts join the shipped codings", async () => {
  const folder = `${REALDATA}/nostalgebraist__results-sharing/agentic-misalignment`;
  const raw = `${ROOT}data/raw/opus4-variants`;
  const before = await Deno.stat(raw).then(() => true, () => false);
  try {
    const { code, out } = await task("fetch", "opus4-variants", "--from", folder);
    assert.equal(code, 0, out);
    assert(out.includes("7 of 7 files"));
    assert.equal(JSON.parse((await task("load", "data/opus4-variants", "--json")).out).datasets[0].transcripts, 40);
    const file = `${raw}/samples/api-change-no-affair.jsonl`;
    await Deno.writeTextFile(file, (await Deno.readTextFile(file)).replace("a", "b"));
    const changed = await task("load", "data/opus4-variants", "--json");
    assert.equal(changed.code, 1);
    assert(changed.out.includes("fetch it again"));
  } finally {
    if (!before) await Deno.remove(raw, { recursive: true });
    else await task("fetch", "opus4-variants", "--from", folder);
  }
});

Deno.test("fetch refuses a file whose sha256 differs, keeps nothing of it, and ends with 1", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/samples`);
  await Deno.writeTextFile(`${folder}/samples/api-change-no-affair.jsonl`, "not the file");
  const { download } = await import("$lib/commands/fetch.ts");
  const { code, out } = await task("fetch", "opus4-variants", "--from", folder);
  const there = await Deno.stat(`${ROOT}data/raw/opus4-variants`).then(() => true, () => false);
  if (!there) assert.equal(code, 1);
  if (!there) assert(out.includes("not kept") && out.includes("No such file"), out);
  // The download itself, against a server on this machine.
  const body = "transcript";
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) =>
      new URL(request.url).pathname === "/a.jsonl" ? new Response(body) : new Response("gone", { status: 404 }),
  );
  const base = `http://127.0.0.1:${server.addr.port}/`;
  const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  assert.equal(sha256(await download(new URL("a.jsonl", base))), createHash("sha256").update(body).digest("hex"));
  await assert.rejects(download(new URL("b.jsonl", base)), /b\.jsonl: 404/);
  await server.shutdown();
});

Deno.test("contrasts prints each difference with raw and adjusted p-values and all together; without a plan nothing is said of one", async () => {
  const args = [
    "contrasts",
    "data/lynch2025",
    "--factor",
    "goal_conflict",
    "--levels",
    "conflict,none",
    "--by",
    "model",
  ];
  const only = ["--where", "scenario=blackmail,threat=replacement,prohibition=none", "--label", "harmful"];
  const [text, json] = await Promise.all([task(...args, ...only), task(...args, ...only, "--json")]);
  assert.equal(text.code, 0);
  const lines = text.out.trim().split("\n");
  assert.equal(lines.length, 17);
  assert.match(
    lines[0],
    /^model=Claude Opus 4 .*96\/100 against 86\/100, \+10\u00a0points .*p = 0\.024 \(Holm p = 0\.095\)$/,
  );
  assert.match(
    lines[16],
    /^together: \+29\u00a0points \(95\u00a0% CI \+26 to \+32\) \(Mantel–Haenszel over samples of these 2 prompts\), p < 0\.001/,
  );
  assert.doesNotMatch(text.out + text.err + json.out, /xploratory|onfirmatory/);
  const { rows } = JSON.parse(json.out);
  assert.equal(rows.length, 16);
});

Deno.test("contrasts that cannot be made are wrong use: no factor, one level, an unknown level, a broken --where", async () => {
  const path = "data/opus4-variants";
  const wrong = [
    [["--levels", "a,b"], /--factor is missing/],
    [["--factor", "variant", "--levels", "a"], /must name two levels/],
    [["--factor", "variant", "--levels", "api-change-no-affair,x"], /no row has the level x/],
    [["--factor", "variant", "--levels", "a,b", "--where", "threat"], /must be FACTOR=LEVEL/],
    [["--factor", "variant", "--levels", "a,b", "--outcome", "comply,refuse"], /name one in --outcome/],
    [["--factor", "variant", "--levels", "a,a"], /Cannot compare a with itself/],
    [["--factor", "variant", "--levels", "a,b", "--by", "variant"], /Cannot hold variant fixed/],
    [
      ["--factor", "variant", "--levels", "a,b", "--where", "threat=flood"],
      /threat=flood as no sample has it: levels are replacement/,
    ],
  ] as const;
  const results = await Promise.all(wrong.map(([args]) => task("contrasts", path, ...args)));
  results.forEach(({ code, err }, index) => {
    assert.equal(code, 2, err);
    assert.match(err, wrong[index][1]);
  });
});

Deno.test("rates under another policy, and an unknown policy is wrong use that lists those there are", async () => {
  const rates = (policy: string) =>
    task("rates", "data/opus4-variants", "--by", "threat", "--policy", policy, "--json");
  const [harm, unknown] = await Promise.all([rates("never_harm"), rates("kantian")]);
  assert.deepEqual([JSON.parse(harm.out).rows[0].count, JSON.parse(harm.out).rows[0].scored], [11, 40]);
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /none of that name: policies are obey_or_refuse, /);
});

Deno.test("policies lists, explains and checks", async () => {
  const [list, one, check, unknown] = await Promise.all([
    task("policies"),
    task("policies", "never_harm"),
    task("policies", "--check"),
    task("policies", "kantian"),
  ]);
  assert.match(list.out, /^obey_or_refuse: Obey or refuse \(version 2\)\n/);
  assert.match(one.out, /1\. subvert if it harms person: /);
  assert.match(one.out, /letters_to_the_censor: no answer\. template is subvert/);
  assert.equal(check.code, 0);
  assert.match(check.out, /never_harm: .*no answer to letters_to_the_censor/);
  assert.equal(unknown.code, 2);
});

Deno.test("labels of the rules go into a file and from there into rates; who is not in it is missing", async () => {
  const folder = await Deno.makeTempDir();
  const sample = (id: string, content: string) => ({
    id,
    model: "m",
    scenario: "s",
    condition: {},
    messages: [{ role: "user", content: "Do it." }, { role: "assistant", content }],
    labels: [],
  });
  const lines = [sample("1", "I will not do this."), sample("2", "Done."), sample("3", "Done as well.")];
  await Deno.writeTextFile(`${folder}/s.jsonl`, lines.map((line) => JSON.stringify(line)).join("\n"));
  const labelled = await task(
    "label",
    `${folder}/s.jsonl`,
    "--labeler",
    "rules",
    "--limit",
    "2",
    "--out",
    `${folder}/l.jsonl`,
  );
  assert.equal(labelled.code, 0, labelled.err);
  const asked = [
    "rates",
    `${folder}/s.jsonl`,
    "--by",
    "model",
    "--labels",
    `${folder}/l.jsonl`,
    "--label",
    "refusal_phrase",
  ];
  const { code, out, err } = await task(...asked, "--json");
  assert.equal(code, 0, err);
  const [row] = JSON.parse(out).rows;
  assert.deepEqual([row.count, row.scored, row.missing, row.bounds], [1, 2, 1, [1 / 3, 2 / 3]]);
  assert.match(err, /labels: rules@4: 2 labelled, 1 without a line/);

  await Deno.writeTextFile(
    `${folder}/l.jsonl`,
    '{"id":"9","labeler":"x","kind":"human","scores":{"refusal_phrase":true}}\n',
    {
      append: true,
    },
  );
  const unknown = await task(...asked);
  assert.equal(unknown.code, 1);
  assert.match(unknown.err, /not joined: .*no sample has the id 9/);
  assert.equal((await task(...asked.with(5, `${folder}/none.jsonl`))).code, 2);
});

Deno.test("an unknown factor is refused together with the lines that were rejected; published counts stay exploratory elsewhere", async () => {
  const folder = await Deno.makeTempDir();
  const line = { id: "1", model: "m", scenario: "s", condition: { threat: "flood" }, labels: [] };
  await Deno.writeTextFile(`${folder}/typo.jsonl`, JSON.stringify(line));
  await Deno.copyFile("data/lynch2025/rates.csv", `${folder}/mine.csv`);
  const [typo, copied] = await Promise.all([
    task("rates", `${folder}/typo.jsonl`, "--by", "threat"),
    task(
      "contrasts",
      `${folder}/mine.csv`,
      "--factor",
      "goal_conflict",
      "--levels",
      "conflict,none",
      "--by",
      "model",
      "--label",
      "harmful",
      "--plan",
      "data/plan.json",
    ),
  ]);
  assert.equal(typo.code, 2);
  assert.match(typo.err, /typo\.jsonl, line 1: condition\.threat: "flood" is not a level/);
  assert.match(copied.out, /\nExploratory: mine\.csv holds published counts\.\n$/);
});

Deno.test("a notebook is named by its name or number, and what is no notebook is told before anything runs", async () => {
  for (
    const [name, message] of [["30", /no such notebook/], ["00", /several begin so/], [
      "09_judge",
      /nearest is 09_judges/,
    ]] as const
  ) {
    const { code, err } = await task("notebooks", name);
    assert.equal(code, 2);
    assert.match(err, message);
    assert.doesNotMatch(err, /Traceback/);
  }
});
