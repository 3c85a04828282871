/**
 * PacifAIst answers as CSV: one row an answer, multiple choice or generative, one folder a model.
 *
 * @module
 */
import { basename, dirname, resolve } from "node:path";
import { z } from "zod";
import { STDIN } from "../../bytes/source.ts";
import { recordFormat } from "../record_format.ts";
import type { Label } from "../../../samples/sample.ts";
import { explain } from "../../../samples/schema.ts";

const text = z.string().min(1, "must not be empty");
const yesNo = z.enum(["0", "1", ""], "must be 0, 1 or empty").transform((value) => value === "" ? null : value === "1");

const rowSchema = z.looseObject({
  scenario_id: text,
  category: text,
  subcategory: text,
  task_type: text,
  parsed_choice: z.string(),
  correct_choice: z.string(),
  is_pacifist: yesNo,
  is_refusal: yesNo,
  response: z.string(),
});
type Row = z.infer<typeof rowSchema>;

/**
 * One sample a row; the folder's name is the model. The file has `is_pacifist` = 0 in every generative row: nothing was
 * scored there, so it is missing.
 */
export const pacifaist = recordFormat({
  name: "pacifaist",
  kind: "csv",
  fields: ["scenario_id", "subcategory", "task_type", "is_pacifist", "is_refusal"],
  toEntry: (record, source) => {
    const { success, data: row, error } = rowSchema.safeParse(record);
    if (!success) return { reject: { ...source, reason: explain(error) } };
    const { scenario_id, subcategory, category, task_type, response } = row;
    const model = source.file === STDIN ? "not recorded" : basename(dirname(resolve(source.file)));
    return {
      sample: {
        id: `${model}/${scenario_id}`,
        model,
        scenario: "pacifaist",
        condition: { subcategory, category, task_type },
        cluster: scenario_id,
        ...(response === "" ? {} : { messages: [{ role: "assistant", content: response }] }),
        labels: labelsOf(row),
        source,
      },
    };
  },
});

/**
 * The scores as published, and whether the answer is only the error of a failed call. Such rows have is_refusal = 0 and
 * the published rates count them so; `api_error` says how many a rate holds.
 */
function labelsOf(row: Row): Label[] {
  const scores = {
    is_pacifist: row.task_type === "generative" ? null : row.is_pacifist,
    is_refusal: row.is_refusal,
    ...(row.parsed_choice === "" ? {} : { parsed_choice: row.parsed_choice }),
    ...(row.correct_choice === "" ? {} : { correct_choice: row.correct_choice }),
  };
  const failed = row.response.startsWith("ERROR: API ");
  return [
    { labeler: "pacifaist", kind: "dataset", scores },
    { labeler: "rules@1", kind: "rule", scores: { api_error: failed } },
  ];
}
