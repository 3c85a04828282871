/** Fifty kills at random moments while it samples: in the end the samples are those of a run without a kill, once each. */
import assert from "node:assert/strict";
import { pause } from "$lib/asking/retry.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { sha256 } from "$lib/samples/hash.ts";
import type { Fault } from "../support/fault_replies.ts";
import { endOf, startLabel } from "../support/label_command.ts";
import { sampledSet, samplesIn } from "../sampling/setting.ts";
import { withServer } from "../support/with_server.ts";

const KILLS = 50;
const SAMPLES = 4 * 12 * 6;
const CONCURRENCY = 4;
const ARGS = [
  ...["letters", "--model", "m", "--epochs", "6", "--out", "samples.jsonl"],
  ...["--concurrency", String(CONCURRENCY), "--timeout", "2"],
];

/** At the first asking of some tasks; the answer is lost or was never made. */
const fault = ({ idempotencyKey, asked }: { readonly idempotencyKey: string; readonly asked: number }): Fault => {
  const number = Number.parseInt(sha256(`${idempotencyKey} ${asked}`).slice(0, 8), 16);
  return asked === 0 && number % 20 === 0 ? (["500", "reset", "429"] as const)[number % 3] : "none";
};

Deno.test(`${KILLS} kills and a last run: the samples are those of a run without a kill or a fault, and none is paid twice`, async () => {
  const random = createRandom(5);
  const clean = await withServer({}, async ({ url }) => {
    const folder = await Deno.makeTempDir();
    const { code, err } = await endOf(await startLabel(folder, url, ARGS, { task: "sample" }));
    assert.equal(code, 0, err);
    return sampledSet(await samplesIn(`${folder}/samples.jsonl`));
  });
  assert.equal(clean.length, SAMPLES);
  await withServer({ latency: 15, knowsIdempotency: true, fault }, async (server) => {
    const folder = await Deno.makeTempDir();
    const file = `${folder}/samples.jsonl`;
    let killedAtWork = 0;
    for (let run = 0; run < KILLS; run++) {
      const stored = new Set((await samplesIn(file)).map(({ generation }) => generation.key));
      const before = server.calls.length;
      const child = await startLabel(folder, server.url, ARGS, { task: "sample" });
      const ended = endOf(child);
      if (run % 10 === 0) await pause(400 * random.uniform()); // while it starts
      else {
        const some = 1 + random.below(5);
        while (server.calls.length < before + some) await pause(1);
        await pause(20 * random.uniform());
      }
      child.kill("SIGKILL");
      await ended;
      const asked = server.calls.slice(before).map(({ idempotencyKey }) => idempotencyKey.split("-")[0]);
      assert(asked.every((key) => !stored.has(key)), "a sample that was there was asked for again");
      if (asked.length > 0) killedAtWork++;
      const ids = (await samplesIn(file)).map(({ id }) => id); // whole lines are samples at each kill
      assert.equal(new Set(ids).size, ids.length);
    }
    const { code, out, err } = await endOf(await startLabel(folder, server.url, ARGS, { task: "sample" }));
    assert.equal(code, 0, err);
    assert.deepEqual(sampledSet(await samplesIn(file)), clean);
    console.log(`  ${killedAtWork} of ${KILLS} kills at work; ${server.calls.length} calls; ${out.split("\n")[0]}`);
    assert([...server.paid.values()].every((times) => times === 1), "a sample was paid twice");
    assert(killedAtWork >= 0.8 * KILLS, `only ${killedAtWork} kills came while it was at work`);
  });
});
