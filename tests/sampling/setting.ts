/** Experiments for the tests of sampling: a shipped scenario in few conditions, sampled from the fault server. */
import type { Asker } from "$lib/asking/call.ts";
import { runLive } from "$lib/asking/run.ts";
import { loadScenario } from "$lib/sampling/scenarios/load_scenario.ts";
import { cellsOf, type Where } from "$lib/sampling/scenarios/cells.ts";
import type { SampledLine } from "$lib/sampling/sample_of.ts";
import type { SampleSettings } from "$lib/sampling/sample_task.ts";
import { openSampling } from "$lib/sampling/sampling.ts";
import { judgeAt } from "../support/judge_setting.ts";

/** Two conditions of the handover, 12 wordings. */
export const TWO_CELLS: Where = {
  goal_conflict: ["conflict"],
  threat: ["replacement", "none"],
  secret: ["present"],
  prohibition: ["none"],
  refusal: ["named"],
};

export async function settingsOf(name: string, where: Where = {}, more: Partial<SampleSettings> = {}) {
  const scenario = await loadScenario(name);
  return {
    scenario,
    cells: cellsOf(scenario, where),
    models: ["m"],
    epochs: 1,
    parameters: { max_completion_tokens: 500, temperature: 1 },
    seed: 1,
    isInterview: false,
    ...more,
  } satisfies SampleSettings;
}

/** Samples into a file until all is answered or it stops, and returns what the file holds. */
export async function sampleInto(
  out: string,
  settings: SampleSettings,
  url: string,
  more: Parameters<typeof judgeAt>[1] = {},
  concurrency = 8,
): Promise<SampledLine[]> {
  const asker: Asker = judgeAt(url, more);
  const sampling = await openSampling(out, settings);
  try {
    await runLive(sampling.tasks, sampling.store, asker, { concurrency });
  } finally {
    await sampling.close();
  }
  return await samplesIn(out);
}

/** The whole lines of a file of samples. */
export async function samplesIn(out: string): Promise<SampledLine[]> {
  const text = await Deno.readTextFile(out).catch(() => "");
  return text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
}

/** What was sampled, without when and how often it had to be asked. */
export function sampledSet(samples: readonly SampledLine[]): unknown[] {
  return samples.map((
    { generation: { date: _, calls: __, unanswered: ___, usage: ____, ...generation }, ...sample },
  ) => ({
    ...sample,
    generation,
  })).sort((a, b) => a.id < b.id ? -1 : 1);
}

export async function outFile(): Promise<string> {
  return `${await Deno.makeTempDir()}/samples.jsonl`;
}
