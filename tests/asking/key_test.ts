/** The key reaches no file and no output, also where a server sends back a part of it. */
import assert from "node:assert/strict";
import { withoutKey } from "$lib/asking/client.ts";
import { beginning } from "$lib/asking/completion.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";

Deno.test("no part of 8 characters of the key is left in a text that was cut anywhere in it", () => {
  const random = createRandom(8);
  const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  const key = `sk-proj-${Array.from({ length: 156 }, () => letters[random.below(letters.length)]).join("")}`;
  for (let before = 0; before < 205; before++) {
    const told = withoutKey(beginning(`${"x".repeat(before)}${key} is wrong`), key);
    for (let at = 0; at + 8 <= key.length; at++) assert(!told.includes(key.slice(at, at + 8)), `${before}: ${told}`);
  }
  assert.equal(withoutKey("sk-proj is no key", key), "sk-proj is no key");
});
