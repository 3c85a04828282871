/**
 * The project's own JSONL: one sample a line. data/README.md documents it field by field.
 *
 * @module
 */
import { recordFormat } from "../record_format.ts";
import { defaultCluster } from "../prompt_cluster.ts";
import { sharedCondition } from "../../../samples/sample.ts";
import { explain, sampleSchema } from "../../../samples/schema.ts";

export const ownJsonl = recordFormat({
  name: "jsonl",
  kind: "jsonl",
  fields: ["id", "labels"],
  toEntry: (record, source) => {
    const { success, data, error } = sampleSchema.safeParse(record);
    if (!success) return { reject: { ...source, reason: explain(error) } };
    const condition = sharedCondition(data.condition);
    const cluster = data.cluster ?? defaultCluster(data.scenario, condition, data.messages);
    return { sample: { ...data, condition, cluster, source } };
  },
});
