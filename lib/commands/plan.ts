/**
 * `deno task plan`: what will be compared and when sampling ends, written down before the first sample.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { type Plan, planSchema, sealOf } from "../rates/planning/plan.ts";
import { cellsOf } from "../sampling/scenarios/cells.ts";
import { loadScenario } from "../sampling/scenarios/load_scenario.ts";
import type { Scenario } from "../sampling/scenarios/scenario.ts";
import { explain } from "../samples/schema.ts";
import { createRandom } from "../stats/numbers/random.ts";
import { shuffled } from "../stats/numbers/shuffled.ts";
import { main, STATUS, UsageError } from "./shared/main.ts";
import { levelsOf, wanted } from "./shared/where_option.ts";
import { plannedQuestion } from "./shared/plan_option.ts";
import { tell } from "./shared/print.ts";
import { asUse, fieldsOf, QUESTION_OPTIONS, QUESTION_USAGE, questionsOf } from "./shared/questions.ts";

const USAGE = `deno task plan SCENARIO --model NAME[,NAME] --contrast FACTOR=FIRST,SECOND --out plan.json [--epochs N]
  [--where FACTOR=LEVEL[,LEVEL]] [--outcome OUTCOME [--policy NAME] | --label NAME] [--below X] [--until-width W]

Writes a plan: what is compared, over which models, conditions and wordings, at which level, and when sampling ends. Give it
to deno task sample, which puts its hash and date into every sample, and to deno task contrasts, whose results are then
confirmatory. A plan is written once: one that is there is never changed.
  --contrast     first minus second level of a factor; may stand several times, and all are one family; levels of other
                 factors that are held follow: prohibition=dont,none,secret=present
  --epochs       samples of each prompt (default: 1): more wordings tell more than more epochs
  --where        only conditions with these levels; may stand several times
  --by           a contrast for each combination of these (default: model)
  --below        the claim that the second level is below this rate, in each contrast
  --adjust       holm (default) or benjamini_hochberg, over the family
  --level        the confidence level (default: 0.95)
  --until-width  sample wording after wording and stop when every difference is known to this width, such as 0.3 for 30
                 points; else all wordings are sampled
  --seed         of the order of wordings (default: 1)
  --text         what is asked, in words (default: that of the scenario)
${QUESTION_USAGE}
Exit status: 0, 2 for wrong use.`;

const OPTIONS = {
  model: { type: "string" },
  contrast: { type: "string", multiple: true },
  epochs: { type: "string", default: "1" },
  where: { type: "string", multiple: true },
  by: { type: "string", default: "model" },
  below: { type: "string" },
  adjust: { type: "string", default: "holm" },
  level: { type: "string", default: "0.95" },
  "until-width": { type: "string" },
  seed: { type: "string", default: "1" },
  text: { type: "string" },
  out: { type: "string" },
  ...QUESTION_OPTIONS,
} as const;

async function plan(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  if (positionals.length !== 1) throw new UsageError("Cannot plan: name one scenario, by its name or its folder");
  if (!values.out?.endsWith(".json")) throw new UsageError("Cannot plan as --out must be a name that ends with .json");
  const models = fieldsOf(values.model ?? "");
  if (models.length === 0) throw new UsageError("Cannot plan as --model is missing: the family is over all models");
  const { contrast: asked = [], where = [], ...single } = values;
  const questions = await questionsOf(single);
  if (questions.length !== 1) throw new UsageError("Cannot plan several outcomes at once: name one in --outcome");
  const { scenario, cells } = await asUse(async () => {
    const scenario = await loadScenario(positionals[0]);
    return { scenario, cells: cellsOf(scenario, wanted(where)) };
  });
  const seed = numberOf("seed", values.seed);
  const question = plannedQuestion(questions[0]);
  const below = values.below === undefined ? {} : { below: numberOf("below", values.below) };
  const contrasts = asked.map((text) => ({
    ...contrastOf(text, scenario, cells),
    question,
    ...below,
  }));
  if (contrasts.length === 0) throw new UsageError("Cannot plan as --contrast is missing: FACTOR=FIRST,SECOND");
  const width = values["until-width"];
  const fields = {
    written: new Date().toISOString(),
    text: values.text ?? scenario.text,
    level: numberOf("level", values.level),
    families: [{ name: scenario.name, adjust: values.adjust, by: fieldsOf(values.by), contrasts }],
    sampling: {
      scenario: scenario.name,
      hash: scenario.hash,
      models,
      cells,
      wordings: await asUse(() =>
        Promise.resolve(shuffled(scenario.wordings.map(({ name }) => name), createRandom(seed)))
      ),
      epochs: numberOf("epochs", values.epochs),
      stop: width === undefined ? "fixed" : { until_width: numberOf("until-width", width) },
    },
  };
  const { success, data, error } = planSchema.safeParse(fields);
  if (!success) throw new UsageError(`Cannot plan: ${explain(error)}`);
  const sealed = JSON.stringify({ ...fields, seal: sealOf(fields) }, null, 2) + "\n";
  await writeNew(values.out, sealed);
  const needsLabels = width !== undefined && "outcome" in question;
  tell(linesOf(data.sampling!, contrasts.length, values.out, positionals[0], needsLabels));
  return STATUS.ok;
}

/** Writes a file that was not there: what was planned stays as it was planned. */
async function writeNew(file: string, content: string): Promise<void> {
  try {
    await Deno.writeTextFile(file, content, { createNew: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    throw new UsageError(
      `Cannot write plan ${file} as it is there already, and a plan is not changed: choose another --out`,
    );
  }
}

function linesOf(
  { models, cells, wordings, epochs, stop }: NonNullable<Plan["sampling"]>,
  contrasts: number,
  file: string,
  scenario: string,
  needsLabels: boolean,
): string[] {
  const samples = models.length * cells.length * wordings.length * epochs;
  const end = stop === "fixed" ? "all of them" : `until every difference is known to ${stop.until_width}, at most`;
  const few = wordings.length < 10 ? ["note: with fewer than 10 wordings nothing can be said of another wording"] : [];
  return [
    `${cells.length} conditions × ${wordings.length} wordings × ${models.length} models × ${epochs} epochs: ${end} ` +
    `${samples} samples`,
    `${contrasts * models.length} comparisons in the family`,
    ...few,
    ...needsLabels ? ["note: an outcome needs labels: deno task sample says when it waits for them"] : [],
    `next: deno task sample ${scenario} --plan ${file} --out samples.jsonl`,
  ];
}

function contrastOf(text: string, { factors }: Scenario, cells: readonly Readonly<Record<string, string>>[]) {
  const [, factor, list = ""] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const levels = fieldsOf(list).filter((part) => !part.includes("="));
  const within = levelsOf(fieldsOf(list).filter((part) => part.includes("=")).join(","));
  if (factor === undefined || levels.length !== 2 || levels[0] === levels[1]) {
    throw new UsageError(`Cannot plan as --contrast must be FACTOR=FIRST,SECOND[,FACTOR=LEVEL…]: it is ${text}`);
  }
  const unknown = [factor, ...Object.keys(within)].find((name) => factors[name] === undefined);
  if (unknown !== undefined) {
    throw new UsageError(`Cannot compare ${unknown}: factors are ${Object.keys(factors).join(", ")}`);
  }
  const own = cells.filter((cell) => Object.entries(within).every(([name, level]) => cell[name] === level));
  const there = [...new Set(own.map((cell) => cell[factor]))];
  const wrong = levels.find((level) => !there.includes(level));
  if (wrong !== undefined) {
    throw new UsageError(`Cannot compare ${factor}=${wrong} as no condition has it: levels are ${there.join(", ")}`);
  }
  checkCounterparts(text, own, factor, levels);
  const held = Object.entries(within).map(([name, level]) => `, ${name}=${level}`).join("");
  return { name: `${factor}: ${levels.join(" minus ")}${held}`, factor, levels, within };
}

/** Arms may differ in the factor and in nothing else: a condition without its counterpart would be compared too. */
function checkCounterparts(
  text: string,
  cells: readonly Readonly<Record<string, string>>[],
  factor: string,
  levels: readonly string[],
): void {
  const sayOf = ({ [factor]: _, ...others }: Readonly<Record<string, string>>) =>
    Object.entries(others).map((pair) => pair.join("=")).join(",");
  const [first, second] = levels.map((level) => new Set(cells.filter((cell) => cell[factor] === level).map(sayOf)));
  const alone = [...first.symmetricDifference(second)];
  if (alone.length === 0) return;
  const shared = first.intersection(second).size;
  const hint = cells.flatMap((cell) => Object.entries(cell)).map((pair) => pair.join("=")).find((level) =>
    [...first, ...second].some((other) => other.split(",").includes(level)) &&
    alone.every((other) => !other.split(",").includes(level)) &&
    [...first].filter((other) => other.split(",").includes(level)).length === shared
  );
  throw new UsageError(
    `Cannot compare ${text} as ${alone.length} conditions stand in one arm only, such as ${alone[0]}` +
      (hint === undefined
        ? ": choose conditions with --where"
        : `: compare within ${hint}, as --contrast ${text},${hint}`),
  );
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) {
    throw new UsageError(`Cannot plan as --${name} must be a number: current value is ${text}`);
  }
  return value;
}

if (import.meta.main) await main(USAGE, plan);
