/**
 * An experiment under way: what is to be sampled, what is there already, and where each answer goes the moment it comes.
 *
 * Two files stand beside each other: the samples, and the store of turns with what each took. A sample that is done is
 * written to its file first, so that a kill in between can neither lose it nor have it paid for again.
 *
 * @module
 */
import { openStore, type Store } from "../asking/store.ts";
import { isFinal, type Task } from "../asking/task.ts";
import { openSampleFile, type SampleFile } from "./sample_file.ts";
import { type PlanOfSample, sampleOf } from "./sample_of.ts";
import { type PlannedSample, plannedSamples, type SampleSettings, sampleTask } from "./sample_task.ts";
import { type TurnLine, TURNS, withoutWords } from "./turn_line.ts";

/** An experiment under way. */
export interface Sampling {
  readonly tasks: readonly Task<TurnLine>[];
  /** Adds to the file of samples as well. */
  readonly store: Store<TurnLine>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the files of an experiment, or makes them. What earlier runs sampled is there, and is not asked for again.
 *
 * @throws {RangeError} if the file holds samples under the same ids that were asked otherwise: other parameters, another
 *   text of the scenario
 * @throws {Deno.errors.Busy} if another process has it open
 * @throws {SyntaxError} if a file is not what this wrote
 */
export async function openSampling(out: string, settings: SampleSettings, plan?: PlanOfSample): Promise<Sampling> {
  const planned = plannedSamples(settings);
  const store = openStore(`${out}.turns`, TURNS);
  let samples: SampleFile | undefined;
  try {
    samples = await openSampleFile(out, (key) => {
      const last = store.get(key);
      return last === undefined || isFinal(last);
    });
    checkIds(out, planned, samples);
    for (const { key, ...one } of samples.held.values()) {
      if (store.get(key) === undefined) store.add({ key, ...one }); // the kill came between the two files
    }
  } catch (error) {
    await Promise.all([samples?.close(), store.close()]);
    throw error;
  }
  const byKey = new Map(planned.map((one) => [one.key, one]));
  const { held, add, close } = samples;
  const there = new Set(held.keys());
  return {
    tasks: planned.map((one) => sampleTask(one, settings, store)),
    store: {
      ...store,
      get: (key) => {
        const line = store.get(key);
        return line !== undefined && isFinal(line) && !there.has(key) ? undefined : line; // its sample was taken away
      },
      add: (line) => {
        if (line.open) return store.add(line);
        add(sampleOf(byKey.get(line.key)!, settings, [...store.every(line.key), line], plan));
        there.add(line.key);
        store.add(isFinal(line) ? withoutWords(line) : line);
      },
    },
    close: async () => {
      await Promise.all([close(), store.close()]);
    },
  };
}

function checkIds(out: string, planned: readonly PlannedSample[], { held }: SampleFile): void {
  const keys = new Map(planned.map(({ id, key }) => [id, key]));
  for (const { id, key } of held.values()) {
    const wanted = keys.get(id);
    if (wanted !== undefined && wanted !== key) {
      throw new RangeError(
        `Cannot sample into ${out} as it holds ${id} under other parameters or another text: name another --out`,
      );
    }
  }
}
