/** Where the key of `deno task label` goes: to the judge's host, by no proxy that could read it, and never in the open. */
import assert from "node:assert/strict";
import { TEST_KEY } from "../support/fault_server.ts";
import { samplesOf } from "../support/judge_setting.ts";
import { endOf, folderWith, runTask, startLabel, startTask } from "../support/label_command.ts";
import { withServer } from "../support/with_server.ts";

const JUDGE = ["samples.jsonl", "--labeler", "judge", "--model", "judge-1"];

for (const url of ["http://judge.example/v1", "http://10.0.0.1:8000/v1", "http://127.0.0.1.example/v1"]) {
  Deno.test(`plain http to another machine is refused, and nothing is made: ${url}`, async () => {
    const folder = await folderWith(samplesOf(1));
    const { code, out, err } = await runTask(folder, url, JUDGE);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /^Cannot label as OPENAI_BASE_URL is plain http and not this machine, .* --insecure /);
    assert.deepEqual((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name), ["samples.jsonl"]);
  });
}

/** A proxy that writes down what it could read. */
async function withProxy<T>(work: (proxy: string, seen: string[]) => Promise<T>): Promise<T> {
  const seen: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    seen.push(`${request.url} ${request.headers.get("authorization")}`);
    return Response.json({ error: { message: "read by the proxy", code: "invalid_api_key" } }, { status: 401 });
  });
  try {
    return await work(`http://127.0.0.1:${server.addr.port}`, seen);
  } finally {
    await server.shutdown();
  }
}

Deno.test("a proxy of the environment is not used to reach this machine, whatever NO_PROXY says", async () => {
  const settings: Record<string, string>[] = [{}, { NO_PROXY: "example.org" }, { no_proxy: "example.org" }];
  for (const more of settings) {
    await withServer({}, async (server) => {
      await withProxy(async (proxy, seen) => {
        const env = { HTTP_PROXY: proxy, http_proxy: proxy, HTTPS_PROXY: proxy, ...more };
        for (const url of [server.url, server.url.replace("127.0.0.1", "localhost")]) {
          const folder = await folderWith(samplesOf(2));
          const { code, err } = await endOf(startTask(folder, url, JUDGE, TEST_KEY, env));
          assert.equal(code, 0, err);
        }
        assert.deepEqual([server.calls.length, seen], [4, []]);
      });
    });
  }
});

Deno.test("with --insecure plain http reaches another machine, by the proxy that the user has set", async () => {
  await withProxy(async (proxy, seen) => {
    const folder = await folderWith(samplesOf(1));
    const env = { HTTP_PROXY: proxy, NO_PROXY: "example.org" };
    const child = startTask(folder, "http://judge.example/v1", [...JUDGE, "--insecure"], TEST_KEY, env);
    const { code, err } = await endOf(child);
    assert.deepEqual([code, err], [1, "Cannot go on as the server will not serve: 401 read by the proxy\n"]);
    assert.deepEqual(seen, [`http://judge.example/v1/chat/completions Bearer ${TEST_KEY}`]);
  });
});

Deno.test("the task may reach the judge's host and no other", async () => {
  await withServer({}, async (other) => {
    const redirect = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => Response.redirect(`${other.url}/chat/completions`, 307),
    );
    const folder = await folderWith(samplesOf(1));
    const child = await startLabel(folder, `http://127.0.0.1:${redirect.addr.port}/v1`, JUDGE);
    const gaveUp = setTimeout(() => child.kill("SIGINT"), 1500); // it asks again, in vain
    await endOf(child);
    clearTimeout(gaveUp);
    assert.equal(other.calls.length, 0, "the key went to another host");
    await redirect.shutdown();
  });
});
