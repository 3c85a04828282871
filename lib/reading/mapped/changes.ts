/**
 * What a `dataset.json` says beside a format that has samples of its own: factors, labels, clusters taken more or
 * otherwise, and which values of a score count.
 *
 * @module
 */
import { relative } from "node:path";
import type { Format } from "../formats/format.ts";
import type { Entry } from "../../samples/load_report.ts";
import type { Changes } from "../../samples/mapping.ts";
import type { Label, Sample, Score } from "../../samples/sample.ts";
import type { Fields } from "../bytes/record.ts";
import { checkCondition, factorsOf, labelsOf, unseenFields } from "./read.ts";
import { type MappedRecord, textOf } from "./values.ts";

type SampleEntry = Extract<Entry, { sample: Sample }>;

/** The format with what the mapping changes in its samples; paths of files are taken from `folder`, that of the card. */
export function changedFormat(format: Format, mapping: Changes, folder: string): Format {
  return {
    ...format,
    datasetsOf: undefined,
    read: async function* (files, open) {
      const fields = unseenFields(mapping);
      for await (const found of (format.readUnchecked ?? format.read)(files, open)) {
        yield [found].flat().map((entry) => {
          if (!("sample" in entry)) return entry;
          const record: MappedRecord = {
            mapping,
            fields: fieldsOf(entry),
            path: relative(folder, entry.sample.source.file).replaceAll("\\", "/"),
            tellsRefusals: false,
            problems: [],
            unusable: [],
          };
          fields.see(record.fields);
          return changed(entry, record);
        });
      }
      const reason = fields.unseen();
      if (reason !== undefined && files.length > 0) yield { reject: { file: files[0], at: "file", reason } };
    },
  };
}

/** What a mapping can name: the sample as it was read, over it what its source recorded. */
export function fieldsOf({ sample, fields }: SampleEntry): Fields {
  const { id, model, scenario, cluster, condition, run = {}, labels } = sample;
  const scores = Object.assign({}, ...labels.map(({ scores }) => scores));
  return { ...scores, ...run, ...condition, id, model, scenario, cluster, condition, run, scores, ...fields };
}

function changed(entry: SampleEntry, record: MappedRecord): Entry {
  const { sample } = entry;
  const { model, scenario, cluster } = record.mapping;
  const next: Sample = {
    ...sample,
    ...model && { model: textOf("model", model, record) },
    ...scenario && { scenario: textOf("scenario", scenario, record) },
    condition: { ...sample.condition, ...factorsOf(record) },
    ...cluster && { cluster: textOf("cluster", cluster, record) },
    labels: [...sample.labels, ...labelsOf(record)],
  };
  checkCondition(next.condition, record);
  const { problems, unusable } = record;
  if (problems.length > 0) return { reject: { ...sample.source, reason: problems.join("; ") } };
  return {
    ...entry,
    sample: next,
    unusable: [...entry.unusable ?? [], ...unusable.map((reason) => ({ ...sample.source, reason }))],
  };
}

/** The format with scores of which the card says what counts: these values are yes, every other value is no. */
export function countingFormat(format: Format, counts: Readonly<Record<string, readonly string[]>>): Format {
  const counted = (name: string, score: Score): Score =>
    !Object.hasOwn(counts, name) || score === null || score === "" ? score : counts[name].includes(String(score));
  const labelOf = (label: Label): Label =>
    label.scores === undefined ? label : {
      ...label,
      scores: Object.fromEntries(Object.entries(label.scores).map(([name, score]) => [name, counted(name, score)])),
    };
  return {
    ...format,
    read: async function* (files, open) {
      for await (const found of format.read(files, open)) {
        yield [found].flat().map((entry) =>
          "sample" in entry
            ? { ...entry, sample: { ...entry.sample, labels: entry.sample.labels.map(labelOf) } }
            : entry
        );
      }
    },
  };
}
