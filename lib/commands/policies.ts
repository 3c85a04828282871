/**
 * `deno task policies`: lists the policies, explains one, or checks them all.
 *
 * @module
 */
import { checkPolicy } from "../policies/check_policy.ts";
import { loadPolicies } from "../policies/load_policy.ts";
import { loadSituations } from "../policies/load_situations.ts";
import type { Policy } from "../policies/policy.ts";
import { sayWhen } from "../policies/say_rule.ts";
import { main, STATUS, UsageError } from "./shared/main.ts";
import { tell } from "./shared/print.ts";

const USAGE = `deno task policies [NAME… | --check]

Without arguments: each policy with its title. With names: what each says, rule by rule, and what it makes of each dilemma.
  --check   rules that never fire, acts of a situation that no rule covers, and dilemmas without an answer
Exit status: 0, 1 where a rule of a checked policy never fires, 2 for wrong use. A policy is a file in data/policies/.`;

async function policies(args: string[]): Promise<number> {
  const all = await loadPolicies();
  if (args.length === 0) {
    tell(all.map(({ name, title, version }) => `${name}: ${title} (version ${version})`));
    return STATUS.ok;
  }
  if (args[0] === "--check") {
    if (args.length > 1) throw new UsageError("Cannot check single policies: --check takes no names");
    return await check(all);
  }
  const asked = args.map((name) => all.find((policy) => policy.name === name) ?? unknown(name, all));
  for (const policy of asked) tell(await explained(policy));
  return STATUS.ok;
}

function unknown(name: string, all: readonly Policy[]): never {
  const names = all.map((policy) => policy.name).join(", ");
  throw new UsageError(`Cannot explain policy ${name} as there is none of that name: policies are ${names}`);
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
    "",
  ];
}

async function check(all: readonly Policy[]): Promise<number> {
  const situations = await loadSituations();
  let isSound = true;
  for (const policy of all) {
    const { neverFire, uncovered, dilemmas } = checkPolicy(policy, situations);
    isSound &&= neverFire.length === 0;
    const silent = dilemmas.filter(({ hasAnswer }) => !hasAnswer).map(({ situation }) => situation);
    const found = [
      ...neverFire.map((rule) => `rule ${rule} can never fire`),
      ...uncovered.map(({ situation, act }) => `no rule covers ${act} in ${situation}`),
      ...silent.map((situation) => `no answer to ${situation}`),
    ];
    tell(`${policy.name}: ${found.length === 0 ? "nothing to report" : found.join("; ")}`);
  }
  return isSound ? STATUS.ok : STATUS.problem;
}

if (import.meta.main) await main(USAGE, policies);
