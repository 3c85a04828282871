/** The door: in order, each thing once and under one name; and what comes from files is what its type says. */
import assert from "node:assert/strict";
import type { z } from "zod";
import * as door from "$lib/mod.ts";
import type { Act, Card, Changes, Mapping, Plan, Policy, Situation } from "$lib/mod.ts";
import type { actSchema } from "$lib/acts/act.ts";
import type { policySchema } from "$lib/policies/policy.ts";
import type { situationsSchema } from "$lib/policies/situation.ts";
import type { planSchema } from "$lib/rates/planning/plan.ts";
import type { mappedCard, plainCard } from "$lib/samples/dataset_card.ts";
import type { changesSchema, mappingSchema } from "$lib/samples/mapping_schema.ts";

const text = await Deno.readTextFile(new URL("../lib/mod.ts", import.meta.url));
const statements = [...text.matchAll(/^export (type )?\{([^}]*)\} from "([^"]+)";$/gm)];
const names = statements.flatMap(([, , list]) => list.split(",").map((name) => name.replace(/\btype\b/, "").trim()))
  .filter((name) => name !== "");

Deno.test("mod.ts names every export, once, and from one place", () => {
  assert(names.length > 150, `only ${names.length} names found`);
  assert.equal(text.match(/^export/gm)!.length, statements.length, "an export that is no list of names");
  assert.deepEqual(names.filter((name, index) => names.indexOf(name) !== index), []);
  const files = statements.map(([, , , file]) => file);
  assert.deepEqual(files.filter((file, index) => files.indexOf(file) !== index), [], "named in two places");
});

Deno.test("nothing at the door has two names", () => {
  assert.deepEqual(names.filter((name) => /\sas\s/.test(name)), []);
  const values = Object.entries(door).filter(([, value]) => typeof value === "function" || typeof value === "object");
  assert(values.length > 80, `only ${values.length} values found`);
  const twice = [...Map.groupBy(values, ([, value]) => value).values()].filter(({ length }) => length > 1);
  assert.deepEqual(twice.map((same) => same.map(([name]) => name)), []);
});

Deno.test("what stands at the door stands under a heading of one line", () => {
  const [, ...blocks] = text.split(/^ \*\/$/m).slice(1).join("").split(/\n\n/);
  assert(blocks.length > 8, `only ${blocks.length} headings found`);
  const wrong = blocks.filter((block) => !/^\/\/ [A-Z].*\.\n(?!\/\/)/.test(block.trimStart()));
  assert.deepEqual(wrong.map((block) => block.trim().split("\n")[0]), []);
});

/** Written down and checked are the same, but for what may be changed: no field more, none less, none looser. */
type Same<One, Other> = (<T>() => T extends Fixed<One> ? 1 : 2) extends (<T>() => T extends Fixed<Other> ? 1 : 2) ? true
  : false;
type Fixed<Value> = Value extends readonly (infer Item)[] ? readonly Fixed<Item>[]
  : Value extends object ? { readonly [Field in keyof Value]: Fixed<Value[Field]> }
  : Value;

Deno.test("what a file may hold is what its type says", () => {
  const act: Same<Act, z.infer<typeof actSchema>> = true;
  const card: Same<Card, z.infer<typeof mappedCard> | z.infer<typeof plainCard>> = true;
  const changes: Same<Changes, z.infer<typeof changesSchema>> = true;
  const mapping: Same<Mapping, z.infer<typeof mappingSchema>> = true;
  const plan: Same<Omit<Plan, "sha256" | "isChanged">, Omit<z.infer<typeof planSchema>, "seal">> = true;
  const policy: Same<Policy, z.infer<typeof policySchema>> = true;
  const situation: Same<Situation, z.infer<typeof situationsSchema>["situations"][number]> = true;
  assert(act && card && changes && mapping && plan && policy && situation);
  const misses: Same<{ a: 1; b?: 2 }, { a: 1 }> = false;
  const looser: Same<{ a: string }, { a: "x" }> = false;
  assert(!misses && !looser);
});
