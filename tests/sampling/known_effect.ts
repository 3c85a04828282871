/**
 * Experiments on a model whose effect is known, the whole road: a scenario in files, a plan, samples through a server that
 * fails, labels by rules in a file, counts, and the contrast that the plan has. Prints how many intervals hold the truth.
 *
 *   deno run --allow-read --allow-write --allow-net=127.0.0.1 --allow-env=NODE_ENV tests/sampling/known_effect.ts 200
 *
 * With 200 of each size and the large effect: 194 of the intervals over 12 wordings hold it (97.0 %; in memory 96.0 % of
 * 1,000), and 118 of those over 60 samples of one wording (59 %; in memory 58.9 %). 24,000 samples of 28,591 calls, and
 * 24,000 of 28,654; no sample was paid for twice.
 */
import assert from "node:assert/strict";
import { contrasts } from "$lib/rates/comparing/contrasts.ts";
import { countSamples } from "$lib/rates/counting/count_samples.ts";
import { rates } from "$lib/rates/counting/rates.ts";
import { plannedSettings } from "$lib/commands/sample/planned.ts";
import { labelJoiner } from "$lib/labelers/join_labels.ts";
import { keep } from "$lib/commands/label/keep.ts";
import { runRules } from "$lib/labelers/rules/run_rules.ts";
import { heldToPlan } from "$lib/rates/planning/held_to_plan.ts";
import { loadPlan, sealOf } from "$lib/rates/planning/plan.ts";
import { plannedBy } from "$lib/rates/planning/planned_by.ts";
import { load } from "$lib/reading/load.ts";
import { loadScenario } from "$lib/sampling/scenarios/load_scenario.ts";
import { cellsOf } from "$lib/sampling/scenarios/cells.ts";
import { openSampling } from "$lib/sampling/sampling.ts";
import { runLive } from "$lib/asking/run.ts";
import { sha256 } from "$lib/samples/hash.ts";
import {
  drawWordings,
  type ExperimentSize,
  type PairedTruth,
  trueDifference,
} from "$lib/stats/coverage/simulated_pairs.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import type { Fault, Player } from "../support/fault_replies.ts";
import type { SeenCall } from "../support/fault_server.ts";
import { judgeAt } from "../support/judge_setting.ts";
import { ownScenario } from "./own_scenario.ts";
import { withServer } from "../support/with_server.ts";

/** The large effect of `deno task coverage`. */
export const LARGE: PairedTruth = { baseline: -1.5, spread: 1, effect: 1.5, effectSpread: 0.7 };

/** What came of experiments of one size. */
export interface KnownEffect {
  readonly experiments: number;
  readonly held: number;
  readonly found: number;
  readonly samples: number;
  /** Calls that the server got. */
  readonly calls: number;
  /** Samples that the server charged for more often than once for each reply that it gave to them. */
  readonly paidTwice: number;
}

const LEVELS = ["dont", "none"] as const;

/** Lost or never made; the server knows such a call again and charges once. */
const LOST: readonly Fault[] = ["429", "500", "reset", "500 hostile"];
/** A reply that is charged for and is no answer: asked again. */
const GARBAGE: readonly Fault[] = ["no json", "no choices"];

/** A fault at every sixth first asking, and at every sixth second one; a time-out is rarer as it takes long. */
function faultOf({ idempotencyKey, asked }: SeenCall): Fault {
  const number = Number.parseInt(sha256(`${idempotencyKey} ${asked}`).slice(0, 8), 16);
  if (asked > 1) return "none";
  if (number % 1000 === 7) return "slow";
  const faults = [...LOST, ...GARBAGE];
  return number % 6 === 0 ? faults[Math.floor(number / 6) % faults.length] : "none";
}

/** Refuses as often as the truth of its wording says; the same request always alike. */
function playing(truths: ReadonlyMap<string, { readonly first: number; readonly second: number }>): Player {
  return (request) => {
    const prompt = request.messages[0].content;
    const { first, second } = truths.get(/letter [\d-]+/.exec(prompt)![0])!;
    const rate = prompt.includes("You must not") ? first : second;
    const drawn = Number.parseInt(sha256(`${prompt} ${request.seed}`).slice(0, 13), 16) / 2 ** 52;
    return drawn < rate ? "I won't do this." : "It is done.";
  };
}

/** Runs experiments of one size, each with wordings of its own. */
export async function knownEffect(truth: PairedTruth, size: ExperimentSize, experiments: number): Promise<KnownEffect> {
  const random = createRandom(1);
  const truths = new Map<string, { first: number; second: number }>();
  const difference = trueDifference(truth);
  const options = { fault: faultOf, knowsIdempotency: true, play: playing(truths) };
  return await withServer(options, async ({ url, calls, paid }) => {
    let [held, found, samples, paidTwice] = [0, 0, 0, 0];
    for (let experiment = 0; experiment < experiments; experiment++) {
      const drawn = drawWordings(truth, size.wordings, random);
      const things = drawn.map((_, at) => `letter ${experiment}-${at}`);
      things.forEach((thing, at) => truths.set(thing, drawn[at]));
      const folder = await Deno.makeTempDir();
      const { lower, upper, level, test, difference: seen } = await runExperiment(folder, things, size.epochs, url);
      await Deno.remove(folder, { recursive: true });
      samples += 2 * size.wordings * size.epochs;
      if (lower! <= difference && difference <= upper!) held++;
      if (test!.pValue <= 1 - level && Math.sign(seen!) === Math.sign(difference)) found++;
    }
    const replies = new Map<string, Set<string>>(); // the client says how many replies there were
    for (const { idempotencyKey } of calls) {
      const [task] = idempotencyKey.split("-");
      replies.set(task, (replies.get(task) ?? new Set()).add(idempotencyKey));
    }
    assert.equal(paid.size, samples);
    for (const [task, times] of paid) if (times > replies.get(task)!.size) paidTwice++;
    return { experiments, held, found, samples, calls: calls.length, paidTwice };
  });
}

/** One experiment from its files to its planned contrast; it must be confirmatory, with nothing missing. */
async function runExperiment(folder: string, things: readonly string[], epochs: number, url: string) {
  const scenario = await loadScenario(await ownScenario(folder, things));
  const question = { label: "refusal_phrase" };
  const fields = {
    written: new Date().toISOString(),
    text: scenario.text,
    level: 0.95,
    families: [{
      name: scenario.name,
      adjust: "holm",
      by: ["model"],
      contrasts: [{ name: "a ban", question, factor: "prohibition", levels: LEVELS, within: {} }],
    }],
    sampling: {
      scenario: scenario.name,
      hash: scenario.hash,
      models: ["m"],
      cells: cellsOf(scenario, {}),
      wordings: scenario.wordings.map(({ name }) => name),
      epochs,
      stop: "fixed",
    },
  };
  await Deno.writeTextFile(`${folder}/plan.json`, JSON.stringify({ ...fields, seal: sealOf(fields) }));
  const plan = await loadPlan(`${folder}/plan.json`);

  const out = `${folder}/samples.jsonl`;
  const settings = { ...plannedSettings(plan, scenario), parameters: { seed: 1 }, seed: 1, isInterview: false };
  const sampling = await openSampling(out, settings, { sha256: plan.sha256, written: plan.written });
  try {
    await runLive(sampling.tasks, sampling.store, judgeAt(url, { timeout: 800 }), { concurrency: 16 });
  } finally {
    await sampling.close();
  }

  const [{ samples }] = await load([out]);
  await keep(`${folder}/labels.jsonl`, runRules(samples));
  const { join } = labelJoiner(`${folder}/labels.jsonl`);
  const { counts, datasets } = await countSamples([out], ["model", "prohibition"], [question], { prepare: join });
  const made = contrasts(rates(counts), "prohibition", LEVELS, { level: plan.level });
  const compared = { datasets, factor: "prohibition", levels: LEVELS, question, within: {}, by: ["model"] };
  const { status, reason } = heldToPlan(plan, plannedBy(plan, compared), made);
  assert.equal(status, "confirmatory", reason);
  const [contrast] = made;
  for (const arm of [contrast.first!, contrast.second!]) {
    assert.deepEqual([arm.scored, arm.missing], [things.length * epochs, 0]);
  }
  return contrast;
}

if (import.meta.main) {
  const experiments = Number(Deno.args[0]);
  for (const size of [{ wordings: 12, epochs: 5 }, { wordings: 1, epochs: 60 }]) {
    const start = performance.now();
    const found = await knownEffect(LARGE, size, experiments);
    console.log(JSON.stringify({ ...size, ...found, seconds: Math.round((performance.now() - start) / 1000) }));
  }
}
