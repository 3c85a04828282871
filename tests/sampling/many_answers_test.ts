/** Sampling uses the calls that it is allowed, and what it holds does not grow with what was answered. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { manyAnswers, type Measured } from "./many_answers.ts";

Deno.test("of the calls that are allowed at once at least 95 % are under way while there is work", async () => {
  const used: number[] = [];
  while (used.length < 4 && !used.some((share) => share >= 0.95)) used.push((await manyAnswers(192, 700)).used);
  assert(Math.max(...used) >= 0.95, `${used}`); // a machine that is busy with other things can only use less
});

Deno.test("after five times as many answers hardly more is held: none of their texts", async () => {
  const script = fileURLToPath(new URL("many_answers.ts", import.meta.url));
  const allowed = [
    "--allow-read",
    "--allow-write",
    "--allow-net=127.0.0.1",
    "--allow-run=deno",
    "--allow-env=NODE_ENV",
  ];
  const args = [
    "run",
    "--quiet",
    "--no-check",
    "--no-prompt",
    "--v8-flags=--expose-gc",
    ...allowed,
    script,
    "5000",
    "0",
  ];
  const { stdout, success } = await new Deno.Command("deno", { args }).output();
  assert(success);
  const { samples, heap }: Measured = JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
  const growth = heap[9] - heap[1];
  assert(samples >= 5000 && growth <= 5, `${growth} MB, and texts of ${0.8 * samples * 4 / 1000} MB came: ${heap}`);
});
