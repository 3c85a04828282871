/**
 * `deno task policies`: lists the policies, explains one, or checks them all.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { OUTCOME_MEANINGS } from "../acts/vocabulary.ts";
import { checkPolicy, type DeadRule } from "../policies/check_policy.ts";
import { loadPolicy, readPolicies } from "../policies/load_policy.ts";
import { loadSituations } from "../policies/load_situations.ts";
import type { Policy } from "../policies/policy.ts";
import { sayWhen } from "../policies/say_rule.ts";
import { main, STATUS } from "./shared/main.ts";
import { tell, tellError } from "./shared/print.ts";
import { asUse } from "./shared/questions.ts";

const USAGE = `deno task policies [NAME|PATH… | --check [NAME|PATH…]]

Without arguments: each policy with its title. With names: what each says, rule by rule, and what it makes of each dilemma.
A name is that of a file in data/policies/; a path (./mine.json) is a policy of your own. data/policies/README.md shows how
to write one.
  --check   rules that never fire and what stands before them, acts of a situation that no rule covers, and dilemmas
            without an answer: of those that are named, or of all in data/policies/
Exit status: 0, 1 where a policy cannot be read or a rule of a checked one never fires, 2 for wrong use.`;

async function policies(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { check: { type: "boolean" } } });
  const { policies: all, problems } = positionals.length > 0
    ? { policies: await asUse(() => Promise.all(positionals.map(loadPolicy))), problems: [] }
    : await readPolicies();
  tellError(problems);
  const found = values.check ? await check(all) : STATUS.ok;
  if (!values.check) {
    for (const policy of all) tell(positionals.length > 0 ? await explained(policy) : titleOf(policy));
  }
  return problems.length > 0 ? STATUS.problem : found;
}

function titleOf({ name, title, version }: Policy): string {
  return `${name}: ${title} (version ${version})`;
}

async function explained(policy: Policy): Promise<string[]> {
  const rules = policy.rules.map(({ when, then, because }, index) =>
    `  ${index + 1}. ${then} if ${sayWhen(when)}: ${because}`
  );
  const dilemmas = checkPolicy(policy, await loadSituations()).dilemmas.flatMap(({ situation, options, hasAnswer }) => [
    `  ${situation}: ${hasAnswer ? "" : "no answer. "}${
      options.map(({ name, verdict: { outcome, because } }) => `${name} is ${outcome ?? "missing"} (${because})`).join(
        "; ",
      )
    }`,
  ]);
  const { title, version, text, otherwise } = policy;
  return [
    `${policy.name}, version ${version}: ${title}`,
    text,
    "The first rule that any act meets decides:",
    ...rules,
    `  otherwise ${otherwise.then}: ${otherwise.because}`,
    "Dilemmas:",
    ...dilemmas,
    "Outcomes:",
    ...Object.entries(OUTCOME_MEANINGS).map(([outcome, meaning]) => `  ${outcome}: ${meaning}`),
    "",
  ];
}

function sayDead({ rule, behind }: DeadRule): string {
  if (behind.length === 0) return `rule ${rule} can never fire, as no act can meet all that it asks`;
  const rules = `rule${behind.length > 1 ? "s" : ""} ${behind.join(", ")}`;
  return `rule ${rule} can never fire, as ${rules} before it ${
    behind.length > 1 ? "take" : "takes"
  } every act that meets it`;
}

async function check(all: readonly Policy[]): Promise<number> {
  const situations = await loadSituations();
  let isSound = true;
  for (const policy of all) {
    const { neverFire, uncovered, dilemmas } = checkPolicy(policy, situations);
    isSound &&= neverFire.length === 0;
    const silent = dilemmas.filter(({ hasAnswer }) => !hasAnswer).map(({ situation }) => situation);
    const found = [
      ...neverFire.map(sayDead),
      ...uncovered.map(({ situation, act }) => `no rule covers ${act} in ${situation}`),
      ...silent.map((situation) => `no answer to ${situation}`),
    ];
    tell(`${policy.name}: ${found.length === 0 ? "nothing to report" : found.join("; ")}`);
  }
  return isSound ? STATUS.ok : STATUS.problem;
}

if (import.meta.main) await main(USAGE, policies);
