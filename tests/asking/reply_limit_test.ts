/** Replies that would fill the memory end the call, compressed or not. */
import assert from "node:assert/strict";
import { LARGEST_REPLY } from "$lib/asking/reply_limit.ts";
import { judgeAt, labelFile, labelInto, samplesOf } from "../support/judge_setting.ts";
import { withServer } from "../support/with_server.ts";

for (
  const [fault, missing, note, calls] of [
    ["bomb", "malformed", /^the reply is larger than 1 MiB$/, 1],
    ["500 bomb", "transport", /^500 /, 6],
  ] as const
) {
  Deno.test(`128 MiB, sent as an eighth of one, are not read to their end: ${fault}`, async () => {
    await withServer({ fault: () => fault }, async (server) => {
      const before = Deno.memoryUsage().rss;
      const start = performance.now();
      const [line] = await labelInto(await labelFile(), samplesOf(1), judgeAt(server.url));
      const grown = Math.round((Deno.memoryUsage().rss - before) / 2 ** 20);
      console.log(`  ${server.calls.length} calls took ${Math.round(performance.now() - start)} ms and ${grown} MiB`);
      assert.deepEqual([line.missing, line.calls, server.calls.length], [missing, calls, calls]);
      assert.match(line.note!, note);
      assert(grown < 96, `${grown} MiB more`);
    });
  });
}

for (const [status, missing] of [[200, "time-out"], [500, "transport"]] as const) {
  Deno.test(`a reply that begins and never ends is given up in time, with status ${status}`, async () => {
    const drips = new Set<ReturnType<typeof setInterval>>();
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => {
      let drip: ReturnType<typeof setInterval> | undefined;
      const body = new ReadableStream({
        start: (controller) => void drips.add(drip = setInterval(() => controller.enqueue(new Uint8Array([32])), 10)),
        cancel: () => {
          clearInterval(drip);
          drips.delete(drip!);
        },
      });
      // Not to be compressed, or nothing is sent before there is more of it.
      const headers = { "content-type": "application/json", "cache-control": "no-transform" };
      return new Response(body, { status, headers });
    });
    const judge = judgeAt(`http://127.0.0.1:${server.addr.port}/v1`, { timeout: 100 });
    const [line] = await labelInto(await labelFile(), samplesOf(1), judge);
    assert.deepEqual([line.missing, line.calls], [missing, 6]);
    while (drips.size > 0) await new Promise((resolve) => setTimeout(resolve, 10)); // and the connections are closed
    await server.shutdown();
  });
}

Deno.test("a reply that is just as large as a reply may be is read, and one with a byte more is not", async () => {
  const sizeOf = async (more: number) => {
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
      const { model } = await request.json();
      const reply = { model, choices: [{ finish_reason: "stop", message: { content: "none", refusal: "never" } }] };
      return new Response(JSON.stringify(reply).padEnd(LARGEST_REPLY + more), {
        headers: { "content-type": "application/json" },
      });
    });
    const url = `http://127.0.0.1:${server.addr.port}/v1`;
    const [{ missing }] = await labelInto(await labelFile(), samplesOf(1), judgeAt(url));
    await server.shutdown();
    return missing;
  };
  assert.deepEqual([await sizeOf(0), await sizeOf(1)], ["judge refused", "malformed"] satisfies string[]);
});
