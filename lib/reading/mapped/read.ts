/**
 * Reads any CSV or JSONL by the mapping in its `dataset.json`: one record, one sample.
 *
 * @module
 */
import { relative } from "node:path";
import type { Format } from "../formats/format.ts";
import type { Entry } from "../../samples/load_report.ts";
import { messagesOf, tellRefusals } from "./messages.ts";
import { fieldAt, type MappedRecord, noFieldNamed, partOf, scoreOf, textOf } from "./values.ts";
import { idsOf, type Mapping, sourcesOf } from "../../samples/mapping.ts";
import type { Opener } from "../bytes/source.ts";
import { readCsv, readJsonLines } from "../formats/record_format.ts";
import type { Fields } from "../bytes/record.ts";
import { clusterOf, type Condition, type Label, type Place } from "../../samples/sample.ts";
import { providerLabel } from "../../samples/provider_refusal.ts";
import { conditionSchema } from "../../samples/schema.ts";

/** How many JSONL records are looked at before a needed field counts as absent; a CSV says it in its first. */
const FIRST = 50;

/** The format of a mapping; paths of files are taken from `folder`, that of the card. */
export function mappedFormat(mapping: Mapping, folder: string): Format {
  return {
    name: "mapped",
    needs: "a mapping in dataset.json",
    fits: () => false,
    read: async function* (files, open) {
      for (const file of files) yield* readFile(file, relative(folder, file).replaceAll("\\", "/"), mapping, open);
    },
  };
}

type RecordRead = ReturnType<typeof readCsv> extends AsyncGenerator<infer Read> ? Read : never;

/** A file in which a needed column or path is not there is refused whole, with everything that is wrong with it. */
async function* readFile(file: string, path: string, mapping: Mapping, open: Opener): AsyncGenerator<Entry> {
  const records = mapping.records === "csv" ? readCsv(file, open) : readJsonLines(file, open);
  const first: RecordRead[] = [];
  for (let next = await records.next(); !next.done; next = await records.next()) {
    first.push(next.value);
    if (first.length === (mapping.records === "csv" ? 1 : FIRST)) break;
  }
  const firstFields = first.flatMap((record) => "fields" in record ? [record.fields] : []);
  const problems = problemsOf(mapping, path, firstFields);
  if (problems.length > 0) {
    await records.return(undefined);
    yield { reject: { file, at: "file", reason: problems.join("; ") } };
    return;
  }
  const unseen = new Map(optionalFields(mapping));
  const there = new Set<string>();
  const tellsRefusals = tellRefusals(firstFields, mapping);
  const toEntry = (record: RecordRead): Entry => {
    if ("reason" in record) return { reject: record };
    if (unseen.size > 0) Object.keys(record.fields).forEach((field) => there.size < 100 && there.add(field));
    for (const from of unseen.keys()) if (fieldAt(record.fields, from) !== undefined) unseen.delete(from);
    return entryOf({ mapping, fields: record.fields, path, tellsRefusals, problems: [], unusable: [] }, record.source);
  };
  for (const record of first) yield toEntry(record);
  for await (const record of records) yield toEntry(record);
  if (unseen.size > 0 && there.size > 0) {
    const reason = [...unseen].map(([from, name]) => `${name}: ${noFieldNamed(from, mapping, [...there])}`).join("; ");
    yield { reject: { file, at: "file", reason } };
  }
}

/** Fields that a record may lack, with what they are for; one that no record has is a mistake in the mapping. */
function optionalFields(mapping: Mapping): [string, string][] {
  return sourcesOf(mapping).flatMap(({ name, source, required }) =>
    !required && "from" in source ? [[source.from, name]] : []
  );
}

/** Sources that none of the first records has: of a CSV all, of JSONL only those that every record needs. */
function problemsOf(mapping: Mapping, path: string, first: readonly Fields[]): string[] {
  const there = [...new Set(first.flatMap((fields) => Object.keys(fields)))];
  return sourcesOf(mapping).flatMap(({ name, source, required }) => {
    if ("value" in source) return [];
    if ("path" in source) {
      const isThere = partOf(path, source.path) !== undefined || Object.hasOwn(source.map ?? {}, "");
      return isThere ? [] : [`${name}: /${source.path}/ finds nothing in the path ${path}`];
    }
    if (first.length === 0 || first.some((fields) => fieldAt(fields, source.from) !== undefined)) return [];
    if (mapping.records === "jsonl" && (!required || Object.hasOwn(source.map ?? {}, ""))) return [];
    return [`${name}: ${noFieldNamed(source.from, mapping, there)}`];
  });
}

function entryOf(record: MappedRecord, source: Place): Entry {
  const { mapping, path, problems, unusable } = record;
  const ids = idsOf(mapping).map((id) => textOf("id", id, record));
  const model = textOf("model", mapping.model, record);
  const scenario = textOf("scenario", mapping.scenario, record);
  const condition = conditionOf(record);
  const cluster = mapping.cluster && textOf("cluster", mapping.cluster, record);
  const labels = mapping.labels.map(({ labeler, kind, scores }): Label => ({
    labeler,
    kind,
    scores: Object.fromEntries(
      Object.entries(scores).map(([name, source]) => [name, scoreOf(`score ${name}`, source, record)]),
    ),
  }));
  const { messages, reply } = messagesOf(record);
  if (problems.length > 0) return { reject: { ...source, reason: problems.join("; ") } };
  return {
    sample: {
      id: ids.length > 0 ? ids.join("/") : `${path}:${source.at.replace("line ", "")}`,
      model,
      scenario,
      condition,
      cluster: cluster ?? clusterOf(scenario, condition),
      ...(messages.length > 0 ? { messages } : {}),
      labels: reply === undefined ? labels : [...labels, providerLabel(reply)],
      source,
    },
    ...unusable.length === 0 ? {} : { unusable: unusable.map((reason) => ({ ...source, reason })) },
  };
}

function conditionOf(record: MappedRecord): Condition {
  const factors = Object.entries(record.mapping.factors);
  const condition = Object.fromEntries(factors.map(([name, from]) => [name, textOf(`factor ${name}`, from, record)]));
  for (const { path: [name], message } of conditionSchema.safeParse(condition).error?.issues ?? []) {
    const told = record.problems.some((problem) => problem.startsWith(`factor ${String(name)}: `));
    if (!told) record.problems.push(`factor ${String(name)}: ${message}`);
  }
  return condition;
}
