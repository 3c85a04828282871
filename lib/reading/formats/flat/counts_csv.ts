/**
 * Published tables of counts as CSV: one row a condition and label, with the columns `model`, `scenario`, `label`,
 * `count`, `scored`, `missing` and `published` (where the number stands). Every other column is a factor.
 *
 * @module
 */
import { z } from "zod";
import type { Entry } from "../../../samples/load_report.ts";
import { recordFormat } from "../record_format.ts";
import type { Cell } from "../../../samples/sample.ts";
import { conditionSchema, explain } from "../../../samples/schema.ts";

const text = z.string().min(1, "must not be empty");
const whole = z.string().regex(/^\d{1,15}$/, "must be a whole number >= 0").transform(Number);

const rowSchema = z.looseObject({
  model: text,
  scenario: text,
  label: text,
  count: whole,
  scored: whole,
  missing: whole.default(0),
  published: text,
}).refine((row) => row.count <= row.scored, { path: ["count"], message: "must be <= scored" });

/** One cell a row. */
export const countsTable = recordFormat({
  name: "counts",
  kind: "csv",
  fields: ["model", "scenario", "label", "count", "scored", "published"],
  toEntry: (record, source) => readRow(record as Record<string, string>, source),
});

function readRow(record: Record<string, string>, source: Cell["source"]): Entry {
  const row = rowSchema.safeParse(record);
  const { model: _m, scenario: _s, label: _l, count: _c, scored: _n, missing: _x, published: _p, ...factors } = record;
  const condition = conditionSchema.safeParse(factors);
  if (!row.success || !condition.success) {
    const reasons = [row.error, condition.error].filter((error) => error !== undefined).map(explain);
    return { reject: { ...source, reason: reasons.join("; ") } };
  }
  const { model, scenario, label, count, scored, missing, published } = row.data;
  return { cell: { model, scenario, condition: condition.data, label, count, scored, missing, published, source } };
}
