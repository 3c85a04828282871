/** A prompt's name hangs on its own words alone, however many prompts came before. */
import assert from "node:assert/strict";
import { promptCluster } from "$lib/reading/formats/prompt_cluster.ts";
import { sha256 } from "$lib/samples/hash.ts";
import type { Message } from "$lib/samples/sample.ts";

Deno.test("a prompt has the name that its turns give it, told again, among many others, and after an answer", () => {
  const named = (turns: readonly (readonly [string, string])[]) => `s ${sha256(JSON.stringify(turns)).slice(0, 16)}`;
  const turnsOf = (index: number): [Message["role"], string][] => {
    const asked: [Message["role"], string][] = [["user", `${"w".repeat(index % 3 * 1000)}${index % 4000}`]];
    return index % 2 === 0 ? asked : [["system", `${index % 7}`], ...asked, ["user", ""]];
  };
  for (let index = 0; index < 12_000; index++) { // some 10 million letters: more than are held
    const turns = turnsOf(index);
    const messages = [...turns, ["assistant", `answer ${index}`] as const].map(([role, content]) => ({
      role,
      content,
    }));
    assert.equal(promptCluster("s", messages), named(turns));
    assert.equal(promptCluster("s", messages.slice(0, -1)), named(turns));
  }
  const long: Message[] = [{ role: "user", content: "w".repeat(5_000_000) }];
  assert.equal(promptCluster("s", long), named([["user", long[0].content]]));
  assert.equal(promptCluster("s", [{ role: "assistant", content: "first" }]), named([]));
});
