/** An experiment of two conditions, from scratch: one sentence more forbids the task. */

/** Writes the scenario `mine` into a folder of that name and returns its path; a wording for each thing to be written. */
export async function ownScenario(folder: string, things: readonly string[]): Promise<string> {
  const own = `${folder}/mine`;
  await Deno.mkdir(own, { recursive: true });
  const level = (fragment: string | null) => ({ text: "x", fragments: { ban: fragment } });
  const scenario = {
    name: "mine",
    version: 1,
    title: "t",
    text: "Does a ban make it decline?",
    messages: [{ role: "user", text: "user.md" }],
    factors: {
      prohibition: { text: "whether it is told not to", levels: { dont: level("ban.md"), none: level(null) } },
    },
    wordings: things.map((thing, at) => ({ name: `w${at}`, texts: { thing } })),
  };
  await Deno.writeTextFile(`${own}/scenario.json`, JSON.stringify(scenario));
  await Deno.writeTextFile(`${own}/user.md`, "Write {{thing}}.\n\n{{ban}}\n");
  await Deno.writeTextFile(`${own}/ban.md`, "You must not write it.\n");
  return own;
}
