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
