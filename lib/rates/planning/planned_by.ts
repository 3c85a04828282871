/**
 * Whether a result was planned: it stands in the user's plan as it is, over the family that is declared there, and the
 * plan is older than the first sample. Everything else is exploratory, and the reason is said.
 *
 * @module
 */
import { type Collected, momentOf } from "../../samples/collected.ts";
import type { Plan, PlannedContrast, PlannedFamily, PlannedQuestion } from "./plan.ts";

/** Confirmatory: planned before the data were there; exploratory: everything else. */
export type Status = "confirmatory" | "exploratory";

/** Data as far as a plan asks about them; every data set that is loaded or scanned is one. */
export interface ComparedData {
  /** That of its card, or of its path. */
  readonly name: string;
  /** By which it is told apart under whatever name it comes. */
  readonly files?: readonly { readonly sha256: string }[];
  /** When its samples were made. */
  readonly collected?: Collected;
  /** Its card, which may say when samples were made that do not say it themselves. */
  readonly card?: { readonly collected?: string };
  /** How many of its entries are published counts. */
  readonly report?: { readonly cells: number };
}

/** What a comparison is about, as far as a plan can name it. */
export interface Compared {
  /** Where its samples stand. */
  readonly datasets: readonly ComparedData[];
  /** What is compared. */
  readonly factor: string;
  /** First minus second. */
  readonly levels: readonly [string, string];
  /** What is counted. */
  readonly question: PlannedQuestion;
  /** Levels of other factors that are held. */
  readonly within?: Readonly<Record<string, string>>;
  /** One contrast for each combination of these: the family. */
  readonly by: readonly string[];
  /** What was chosen that is not the default, such as `--interval wilson`: a plan declares none of it. */
  readonly chosen?: readonly string[];
}

/** What a plan says of a comparison. */
export interface PlannedBy {
  /** Whether it was planned before the data were there. */
  readonly status: Status;
  /** Why, in one line. */
  readonly reason: string;
  /** The family that it belongs to; absent where it is in none. */
  readonly family?: PlannedFamily;
  /** The contrast that was planned; absent where there is none. */
  readonly contrast?: PlannedContrast;
}

/**
 * Says whether a comparison was planned before its data were there. Published counts never were, whatever their date, and
 * samples without a date cannot be told to be younger than the plan.
 *
 * @example
 * ```ts
 * import { plannedBy } from "$lib/rates/planning/planned_by.ts";
 * import { loadPlan } from "$lib/rates/planning/plan.ts";
 * import assert from "node:assert/strict";
 *
 * const plan = await loadPlan(); // written on 2026-11-22
 * const comparison = { factor: "goal_conflict", levels: ["conflict", "none"], question: { label: "harmful" }, by: ["model"] } as const;
 * const collected = { first: "2026-12-01T09:00:00.000Z", last: "2026-12-02T09:00:00.000Z", undated: 0, plans: [] };
 * assert.equal(plannedBy(plan, { ...comparison, datasets: [{ name: "mine", collected }] }).status, "confirmatory");
 * const { status, reason } = plannedBy(plan, { ...comparison, datasets: [{ name: "mine" }] });
 * assert.deepEqual([status, reason], ["exploratory", "mine does not say when its samples were made"]);
 * ```
 */
export function plannedBy(plan: Plan, compared: Compared): PlannedBy {
  const found = findContrast(plan, compared);
  if ("reason" in found) return { status: "exploratory", ...found };
  const reason = reasonAgainst(plan, compared);
  if (reason !== undefined) return { status: "exploratory", reason, ...found };
  const { family, contrast } = found;
  return { status: "confirmatory", reason: `planned on ${plan.written}: ${contrast.name} (${family.name})`, ...found };
}

/** The planned contrast that a comparison is, or what it has otherwise than the nearest one. */
function findContrast({ families }: Plan, compared: Compared): Found | { readonly reason: string } {
  const every = families.flatMap((family) => family.contrasts.map((contrast) => ({ family, contrast })));
  let near: readonly Found[] = every;
  for (const { isSame, say } of SAME) {
    const same = near.filter((found) => isSame(found, compared));
    if (same.length === 0) {
      const planned = [...new Set(near.map((found) => say(found.contrast, found.family)))];
      return { reason: `the plan has ${planned.join(" or ")}, not ${say(compared, compared)}` };
    }
    near = same;
  }
  return near[0];
}

interface Found {
  readonly family: PlannedFamily;
  readonly contrast: PlannedContrast;
}

type Of = Pick<Compared, "factor" | "levels" | "question" | "within">;

/** What must be the same, in the order in which the nearest planned contrast is looked for. */
const SAME: readonly {
  readonly isSame: (found: Found, compared: Compared) => boolean;
  readonly say: (of: Of, family: Pick<PlannedFamily, "by">) => string;
}[] = [
  { isSame: ({ contrast }, { factor }) => contrast.factor === factor, say: ({ factor }) => `factor ${factor}` },
  {
    isSame: ({ contrast }, { levels }) => contrast.levels.every((level, at) => level === levels[at]),
    say: ({ levels }) => `levels ${levels.join(" minus ")}`,
  },
  {
    isSame: ({ contrast }, { question }) => sameFields(contrast.question, question),
    say: ({ question }) => Object.entries(question).map((pair) => pair.join(" ")).join(" by "),
  },
  {
    isSame: ({ contrast }, { within = {} }) => sameFields(contrast.within, within),
    say: ({ within = {} }) => `a comparison within ${listed(Object.entries(within).map((pair) => pair.join("=")))}`,
  },
  {
    isSame: ({ family }, { by }) => family.by.length === by.length && family.by.every((name) => by.includes(name)),
    say: (_, { by }) => `a family by ${listed(by)}`,
  },
];

/** Why a comparison that stands in the plan is exploratory all the same. */
function reasonAgainst(plan: Plan, { datasets, chosen = [] }: Compared): string | undefined {
  if (plan.isChanged) return "the plan was changed after it was written";
  if (chosen.length > 0) return `the plan does not have ${chosen.join(", ")}`;
  if (datasets.length === 0) return "there are no data";
  return datasets.map((data) => reasonOf(plan, data)).find((reason) => reason !== undefined);
}

function reasonOf(plan: Plan, data: ComparedData): string | undefined {
  const { name, files = [], collected, card, report } = data;
  if (report !== undefined && report.cells > 0) return `${name} holds published counts`;
  const isKnown = plan.known.some((set) =>
    set.name === name || files.some(({ sha256 }) => set.sha256.includes(sha256))
  );
  if (isKnown) return `${name} was known when the plan was written`;
  const plans = (collected?.plans ?? []).filter((hash) => hash !== plan.sha256);
  if (plans.some((hash) => hash !== "")) {
    return `samples of ${name} name another plan, or this one before it was changed`;
  }
  if (plan.sampling !== undefined && plans.length > 0) return `samples of ${name} do not name the plan`;
  const ofCard = card?.collected;
  const first = [collected?.first, ofCard].flatMap((date) => date == null ? [] : [{ date, moment: momentOf(date)! }])
    .sort((a, b) => a.moment - b.moment)[0];
  if (first === undefined) return `${name} does not say when its samples were made`;
  if (ofCard === undefined && collected!.undated > 0) {
    return `${collected!.undated} samples of ${name} do not say when they were made`;
  }
  if (momentOf(plan.written, "last")! < first.moment) return undefined;
  return `the plan is of ${plan.written} and the first sample of ${name} of ${first.date}`;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "nothing" : names.join(", ");
}

function sameFields(one: object, other: object): boolean {
  const [fields, others] = [one, other].map((fields) =>
    Object.entries(fields).filter(([, value]) => value !== undefined)
  );
  const of = new Map(others);
  return fields.length === of.size && fields.every(([key, value]) => of.get(key) === value);
}
