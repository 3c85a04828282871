/** Fifty kills at random moments: what was stored is never asked again, and in the end every sample is labelled once. */
import assert from "node:assert/strict";
import { parseLabelLine } from "$lib/labelers/label_line.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { pause } from "$lib/asking/retry.ts";
import { samplesOf } from "../support/judge_setting.ts";
import { endOf, folderWith, startLabel } from "../support/label_command.ts";
import { withServer } from "../support/with_server.ts";

const KILLS = 50;
const SAMPLES = 400;
const CONCURRENCY = 4;

/** The keys of the whole lines of a label file that may be torn; every whole line must be a label. */
async function storedKeys(file: string): Promise<string[]> {
  const text = await Deno.readTextFile(file).catch(() => "");
  return text.split("\n").slice(0, -1).map((line) => parseLabelLine(line).key!);
}

function accountOf(out: string) {
  const [, calls, tokens, unknown = "0"] = out.match(
    /^calls: (\d+); tokens in: (\d+), out: \d+(?:; unknown for (\d+))?/m,
  )!;
  return { calls: Number(calls), tokens: Number(tokens), unknown: Number(unknown) };
}

for (const knowsIdempotency of [true, false]) {
  const runs = knowsIdempotency ? KILLS : KILLS / 5;
  const server = knowsIdempotency ? "that knows Idempotency-Key" : "that does not";
  Deno.test(`${runs} kills and a last run, with a server ${server}: every sample labelled once`, async () => {
    const random = createRandom(3);
    await withServer({ latency: 15, knowsIdempotency }, async (server) => {
      const folder = await folderWith(samplesOf(SAMPLES));
      const file = `${folder}/labels.jsonl`;
      const args = ["samples.jsonl", "--labeler", "judge", "--model", "j", "--concurrency", String(CONCURRENCY)];
      let [killedAtWork, torn] = [0, 0];
      for (let run = 0; run < runs; run++) {
        const stored = new Set(await storedKeys(file));
        const before = server.calls.length;
        const child = await startLabel(folder, server.url, args);
        const ended = endOf(child);
        if (run % 10 === 0) await pause(400 * random.uniform()); // while it starts
        else {
          const some = 1 + random.below(7);
          while (server.calls.length < before + some) await pause(1);
          await pause(20 * random.uniform());
        }
        child.kill("SIGKILL");
        await ended;
        const asked = server.calls.slice(before).map(({ idempotencyKey }) => idempotencyKey.split("-")[0]);
        assert(asked.every((key) => !stored.has(key)), "an answer that was stored was asked for again");
        if (asked.length > 0) killedAtWork++;
        if (!(await Deno.readTextFile(file).catch(() => "\n")).endsWith("\n")) torn++;
        await storedKeys(file); // valid at each kill
      }
      const { code, out, err } = await endOf(await startLabel(folder, server.url, args));
      assert.equal(code, 0, err);
      const keys = await storedKeys(file);
      assert.equal(keys.length, SAMPLES);
      assert.equal(new Set(keys).size, SAMPLES);
      const payments = [...server.paid.values()].reduce((sum, count) => sum + count, 0);
      const { calls, tokens, unknown } = accountOf(out);
      console.log(
        `  ${runs} kills, ${killedAtWork} at work, ${torn} torn lines, ${payments} payments for ${SAMPLES}; ` +
          `${server.calls.length} calls of which ${calls} are told, ${unknown} of them unknown`,
      );
      assert(calls >= server.calls.length, "fewer calls are told than were made");
      assert(calls <= server.calls.length + runs * CONCURRENCY, "more calls are told than can have been made");
      assert(tokens / 1000 + unknown >= payments, "what was paid is neither in the tokens nor said to be unknown");
      assert.equal(tokens / 1000, SAMPLES);
      assert(killedAtWork >= 0.8 * runs, `only ${killedAtWork} kills came while it was at work`);
      if (knowsIdempotency) assert(unknown < calls - SAMPLES, "the server's replays are not counted");
      if (knowsIdempotency) assert(keys.every((key) => server.paid.get(key) === 1), "a sample was paid twice");
      else assert(payments <= SAMPLES + runs * CONCURRENCY, `${payments} payments`); // what was in flight at a kill
    });
  });
}
