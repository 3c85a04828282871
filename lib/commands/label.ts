/**
 * `deno task label`: who says what a sample did, written to a label file.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { importCoding, writeCodingSheet } from "./label/by_people.ts";
import { labelByRules } from "./label/by_rules.ts";
import { samplesOf, unlabelled, visitSamples } from "./label/samples.ts";
import { JUDGE_OPTIONS } from "./label/options.ts";
import { repair } from "./label/repair.ts";
import { ASKING_USAGE } from "./shared/asking_options.ts";
import { main, STATUS, UsageError } from "./shared/main.ts";

const USAGE = `deno task label PATH… --labeler judge --model NAME [--out labels.jsonl] [--votes N] [--limit N]
       deno task label PATH… --labeler rules [--out labels.jsonl]
       deno task label PATH… --labeler human --out sheet.csv [--seed N] [--unlabelled labels.jsonl]
       deno task label --repair [--out labels.jsonl]
       deno task label --labeler human --import FILE.csv [--coder NAME] [--key FILE] [--out labels.jsonl]

Adds one line to --out for each sample: its acts or scores, or why there is none. Run again, it goes on where it stopped.
  --limit N    only the first N samples
  --repair     first sets lines of --out that are no labels aside, in labels.jsonl.broken, and keeps all others
judge: a model asked by OPENAI_BASE_URL (default: the one of OpenAI) with OPENAI_API_KEY from the environment
  --votes N    asks N times; each is a labeler of its own, NAME#1 to NAME#N
  --situations FOLDER   of a scenario of your own: the judge is told what its situations.json says of the sample's
  --format schema|object   how it asks for JSON (default: schema; object for servers without structured outputs)
${ASKING_USAGE}
human: a blinded, shuffled sheet, a page to code in a browser, and the key, which a coder must not see
  --seed N     of the order (default: 1)
  --unlabelled FILE   only samples that this file of labels, which need not be there yet, has no line for
  --import FILE   the sheet that was filled in, or what the page saved, which says itself who coded it; --coder names
               who did, --key its key (default: the key of that sheet, beside the file or here)
Exit status: 0, 1 when a label is missing or something could not be used, 2 for wrong use, 130 when stopped by Ctrl-C.`;

const OPTIONS = {
  labeler: { type: "string" },
  out: { type: "string" },
  limit: { type: "string" },
  seed: { type: "string" },
  import: { type: "string" },
  unlabelled: { type: "string" },
  coder: { type: "string" },
  key: { type: "string" },
  repair: { type: "boolean" },
  ...JUDGE_OPTIONS,
} as const;

async function label(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const { labeler, out = "labels.jsonl" } = values;
  if (values.repair) {
    await repair(out);
    if (labeler === undefined && positionals.length === 0) return STATUS.ok;
  }
  if (labeler === "judge") {
    const { labelByJudge } = await import("./label/judge.ts"); // the client takes time to load
    return await labelByJudge({ ...values, out }, (visit) => visitSamples(positionals, values.limit, visit));
  }
  if (labeler === "rules") {
    return await labelByRules(out, await samplesOf(positionals, values.limit));
  }
  if (labeler === "human" && values.import !== undefined) return await importCoding({ ...values, out });
  if (labeler === "human") {
    const loaded = await samplesOf(positionals, values.limit);
    return await writeCodingSheet(values, { ...loaded, samples: unlabelled(loaded.samples, values.unlabelled) });
  }
  throw new UsageError(`Cannot label as --labeler must be judge, rules or human: current value is ${labeler}`);
}

if (import.meta.main) await main(USAGE, label);
