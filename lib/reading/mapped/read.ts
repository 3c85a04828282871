/**
 * Reads any CSV, JSON, JSONL or Parquet by the mapping in its `dataset.json`: one record, one sample; or one labeler's
 * label of it, where the labeler comes from a column.
 *
 * @module
 */
import { relative } from "node:path";
import type { Format } from "../formats/format.ts";
import { toConversation } from "../formats/chat_messages.ts";
import { labelJoiner } from "../formats/joined_labels.ts";
import { parquetRecords } from "../parquet/records.ts";
import { HEAD_RECORDS, readRecords } from "../formats/records.ts";
import type { Entry } from "../../samples/load_report.ts";
import { choiceOf, listReplyOf, tellRefusals } from "./refusals.ts";
import { fieldAt, type MappedRecord, noFieldNamed, optionalTextOf, scoreOf, textOf } from "./values.ts";
import { type Changes, idsOf, isPerRecord, type Mapping, sourcesOf } from "../../samples/mapping.ts";
import type { Opener } from "../bytes/source.ts";
import { parseRecord } from "../../json/strict.ts";
import type { Fields, RecordRead } from "../bytes/record.ts";
import { defaultCluster } from "../formats/prompt_cluster.ts";
import type { Condition, Label, Message, Place } from "../../samples/sample.ts";
import { providerLabel } from "../../samples/provider_refusal.ts";
import { partOf } from "../../samples/path_pattern.ts";
import { conditionSchema } from "../../samples/schema.ts";

/** The format of a mapping; paths of files are taken from `folder`, that of the card. */
export function mappedFormat(mapping: Mapping, folder: string): Format {
  const isJoined = mapping.labels.some(isPerRecord);
  return {
    name: "mapped",
    needs: "a mapping in dataset.json",
    fits: () => false,
    together: isJoined,
    read: async function* (files, open) {
      const joiner = isJoined ? labelJoiner() : undefined;
      for (const file of files) {
        const path = relative(folder, file).replaceAll("\\", "/");
        for await (const entries of readFile(file, path, mapping, open)) {
          if (joiner === undefined) yield entries;
          else joiner.add(entries);
        }
      }
      if (joiner !== undefined) yield joiner.all();
    },
  };
}

function recordsOf(file: string, { records, list }: Mapping, open: Opener): AsyncGenerator<RecordRead[]> {
  return records === "parquet" ? parquetRecords(file, open) : readRecords(file, records, open, { list });
}

/** A file in which a needed column or path is not there is refused whole, with everything that is wrong with it. */
async function* readFile(file: string, path: string, mapping: Mapping, open: Opener): AsyncGenerator<Entry[]> {
  const batches = recordsOf(file, mapping, open);
  const first: RecordRead[] = [];
  while (first.length < HEAD_RECORDS) {
    const next = await batches.next();
    if (next.done) break;
    first.push(...next.value);
  }
  const firstFields = first.flatMap((record) => "fields" in record ? [record.fields] : []);
  const problems = problemsOf(mapping, path, firstFields);
  if (problems.length > 0) {
    await batches.return(undefined);
    yield [{ reject: { file, at: "file", reason: problems.join("; ") } }];
    return;
  }
  const fields = unseenFields(mapping);
  const tellsRefusals = tellRefusals(firstFields, mapping);
  const toEntry = (record: RecordRead): Entry => {
    if ("reason" in record) return { reject: record };
    fields.see(record.fields);
    return entryOf({ mapping, fields: record.fields, path, tellsRefusals, problems: [], unusable: [] }, record.source);
  };
  yield first.map(toEntry);
  for await (const batch of batches) yield batch.map(toEntry);
  const reason = fields.unseen();
  if (reason !== undefined) yield [{ reject: { file, at: "file", reason } }];
}

/** Watches for fields that a record may lack, with what they are for; one that no record has is a mistake. */
export function unseenFields(mapping: Mapping | Changes) {
  const unseen = new Map(optionalFields(mapping));
  const there = new Set<string>();
  return {
    see: (fields: Fields): void => {
      if (unseen.size > 0) Object.keys(fields).forEach((field) => there.size < 100 && there.add(field));
      for (const from of unseen.keys()) if (fieldAt(fields, from) !== undefined) unseen.delete(from);
    },
    unseen: (): string | undefined =>
      unseen.size === 0 || there.size === 0
        ? undefined
        : [...unseen].map(([from, name]) => `${name}: ${noFieldNamed(from, mapping, [...there])}`).join("; "),
  };
}

function optionalFields(mapping: Mapping | Changes): [string, string][] {
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
    if (mapping.records.startsWith("json") && (!required || Object.hasOwn(source.map ?? {}, ""))) return [];
    return [`${name}: ${noFieldNamed(source.from, mapping, there)}`];
  });
}

function entryOf(record: MappedRecord, source: Place): Entry {
  const { path, problems, unusable } = record;
  const mapping = record.mapping as Mapping;
  const ids = idsOf(mapping).map((id) => textOf("id", id, record));
  const model = textOf("model", mapping.model, record);
  const scenario = textOf("scenario", mapping.scenario, record);
  const condition = factorsOf(record);
  checkCondition(condition, record);
  const cluster = mapping.cluster && textOf("cluster", mapping.cluster, record);
  const labels = labelsOf(record);
  const reply = choiceOf(record) ?? listReplyOf(record);
  const messages = messagesOf(record, mapping.messages ?? {}, choiceOf(record)?.text);
  if (problems.length > 0) return { reject: { ...source, reason: problems.join("; ") } };
  return {
    sample: {
      id: ids.length > 0 ? ids.join("/") : `${path}:${/\d+/.exec(source.at)?.[0]}`,
      model,
      scenario,
      condition,
      cluster: cluster ?? defaultCluster(scenario, condition, messages),
      ...(messages.length > 0 ? { messages } : {}),
      labels: reply === undefined ? labels : [...labels, providerLabel(reply)],
      source,
    },
    ...unusable.length === 0 ? {} : { unusable: unusable.map((reason) => ({ ...source, reason })) },
  };
}

/** The labels that a mapping takes from a record. */
export function labelsOf(record: MappedRecord): Label[] {
  return record.mapping.labels.map(({ labeler, kind, scores }) => ({
    labeler: textOf("labeler", labeler, record),
    kind,
    scores: Object.fromEntries(
      Object.entries(scores).map(([name, source]) => [name, scoreOf(`score ${name}`, source, record)]),
    ),
  }));
}

/** The factors that a mapping takes from a record. */
export function factorsOf(record: MappedRecord): Condition {
  const factors = Object.entries(record.mapping.factors);
  return Object.fromEntries(factors.map(([name, from]) => [name, textOf(`factor ${name}`, from, record)]));
}

/** Notes as a problem of the record each factor whose level is none of those that it may have. */
export function checkCondition(condition: Condition, { problems }: MappedRecord): void {
  for (const { path: [name], message } of conditionSchema.safeParse(condition).error?.issues ?? []) {
    const isTold = problems.some((problem) => problem.startsWith(`factor ${String(name)}: `));
    if (!isTold) problems.push(`factor ${String(name)}: ${message}`);
  }
}

function messagesOf(
  record: MappedRecord,
  { list, ...roles }: NonNullable<Mapping["messages"]>,
  declined?: string,
): Message[] {
  const text = (role: keyof typeof roles) => roles[role] && optionalTextOf(`message ${role}`, roles[role], record);
  const [system, user, assistant, reasoning] = [
    text("system"),
    text("user"),
    text("assistant") ?? declined,
    text("reasoning"),
  ];
  const messages: Message[] = system === undefined ? [] : [{ role: "system", content: system }];
  for (const from of [list ?? []].flat()) messages.push(...listOf(from, record));
  if (user !== undefined) messages.push({ role: "user", content: user });
  if (assistant !== undefined || reasoning !== undefined) {
    messages.push({ role: "assistant", content: assistant ?? "", ...(reasoning === undefined ? {} : { reasoning }) });
  }
  return messages;
}

/** A list of turns, also where it stands as its JSON in the cell of a table. */
function listOf(list: string, { fields, mapping, problems }: MappedRecord): Message[] {
  const given = fieldAt(fields, list);
  const isMissing = given === undefined || given === null || mapping.missing.includes(String(given));
  if (isMissing) return [];
  const { messages, problems: found } = toConversation(unpacked(given));
  if (found.length > 0) problems.push(`message list: ${found.slice(0, 3).join("; ")}`);
  return [...messages];
}

function unpacked(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  const record = parseRecord(`{"list":${value}}`);
  return "fields" in record ? record.fields.list : value;
}
