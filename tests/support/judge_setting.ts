/** Samples, a judge and label files for the tests of the judge. */
import { createBudget } from "$lib/asking/cost.ts";
import type { Asker } from "$lib/asking/call.ts";
import { createClient } from "$lib/asking/client.ts";
import { runLive } from "$lib/asking/run.ts";
import { DEFAULT_PARAMETERS } from "$lib/asking/parameters.ts";
import { createJudgeTasks, type JudgeSettings, type JudgeTask } from "$lib/labelers/judge/task.ts";
import type { LabelLine } from "$lib/labelers/label_line.ts";
import { openLabelStore, readLabelFile } from "$lib/labelers/label_file.ts";
import { createRateLimiter } from "$lib/asking/rate_limiter.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import type { Message, Sample } from "$lib/samples/sample.ts";
import { TEST_KEY } from "./fault_server.ts";

/** Samples whose model refuses, if the number is even, and complies. */
export function samplesOf(count: number): Sample[] {
  return Array.from({ length: count }, (_, index) =>
    sampleOf(`s${index}`, [
      { role: "user", content: `Do thing ${index}.` },
      { role: "assistant", content: `${index % 2 === 0 ? "No" : "Yes"}, as to thing ${index}.` },
    ]));
}

export function sampleOf(id: string, messages?: readonly Message[]): Sample {
  const source = { file: "test", at: id };
  return {
    id,
    model: "model-under-study",
    scenario: "s",
    condition: { c: "1" },
    cluster: "s",
    labels: [],
    source,
    messages,
  };
}

/** What is to be asked of samples that are there. */
export function judgeTasks(samples: readonly Sample[], settings: JudgeSettings): JudgeTask[] {
  const { add, tasks } = createJudgeTasks(settings, (messages) => () => messages);
  samples.forEach(add);
  return tasks();
}

/** What most tests ask of a judge. */
export const SETTINGS = {
  model: "judge-1",
  parameters: DEFAULT_PARAMETERS,
  votes: 1,
  situations: [],
  format: "schema",
} as const;

/** A judge that does not wait long. */
export function judgeAt(url: string, more: Partial<Asker> & { timeout?: number } = {}): Asker {
  const { timeout = 5000, ...rest } = more;
  return {
    client: createClient({ key: TEST_KEY, baseUrl: url, timeout }),
    backoff: { base: 2, most: 20, attempts: 6, replies: 3, random: createRandom(1).uniform },
    limiter: createRateLimiter({}),
    budget: createBudget(),
    ...rest,
  };
}

export async function labelFile(): Promise<string> {
  return `${await Deno.makeTempDir()}/labels.jsonl`;
}

/** Labels samples into a file and returns its lines. */
export async function labelInto(
  file: string,
  samples: readonly Sample[],
  judge: Asker,
  { concurrency = 8, settings = SETTINGS as JudgeSettings } = {},
): Promise<readonly LabelLine[]> {
  const store = openLabelStore(file);
  try {
    await runLive(judgeTasks(samples, settings), store, judge, { concurrency });
  } finally {
    await store.close();
  }
  return readLabelFile(file);
}

/** What is labelled, without how often it had to be asked. */
export function labelSet(lines: readonly LabelLine[]): unknown[] {
  return [...new Map(lines.map((line) => [line.key, line])).values()]
    .map(({ calls: _, usage: __, unanswered: ___, ...rest }) => rest)
    .sort((a, b) => a.key! < b.key! ? -1 : 1);
}
