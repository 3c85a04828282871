/** A deterministic corpus of samples as JSONL, for benches: the same bytes for the same size each time. */

const SENTENCE =
  "The migration is scheduled for five in the afternoon, and every team has been told what to expect of it. ";

/** One sample of the corpus as a line, about 3.5 kB. */
export function corpusLine(index: number): string {
  const text = SENTENCE.repeat(30);
  return JSON.stringify({
    id: `sample-${index}`,
    model: `model-${index % 8}`,
    scenario: index % 2 === 0 ? "blackmail" : "leaking",
    condition: {
      goal_conflict: (index >> 1) % 2 === 0 ? "conflict" : "none",
      threat: (index >> 2) % 2 === 0 ? "replacement" : "none",
    },
    messages: [
      { role: "user", content: text.slice(0, 800) },
      { role: "assistant", content: text.slice(0, 2400), reasoning: "Überlegung" },
    ],
    labels: [{ labeler: "judge-1", kind: "judge", scores: { harmful: index % 7 === 0, severity: index % 10 } }],
  });
}

/** Writes a corpus of `samples` lines to a file. */
export async function writeCorpus(file: string, samples: number): Promise<void> {
  const handle = await Deno.open(file, { write: true, create: true, truncate: true });
  const writer = handle.writable.getWriter();
  const encoder = new TextEncoder();
  for (let start = 0; start < samples; start += 1000) {
    const lines = Array.from(
      { length: Math.min(1000, samples - start) },
      (_, index) => `${corpusLine(start + index)}\n`,
    );
    await writer.write(encoder.encode(lines.join("")));
  }
  await writer.close();
}

if (import.meta.main) await writeCorpus(Deno.args[0], Number(Deno.args[1]));
