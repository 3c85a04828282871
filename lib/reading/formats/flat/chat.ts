/**
 * Chat logs and nothing else: ShareGPT's `conversations`, OpenAI's `messages`, one conversation a record. A record that
 * holds more (scores, conditions) is not read so: what that is, a mapping says.
 *
 * @module
 */
import { basename } from "node:path";
import { CONVERSATIONS, isConversation, toConversation } from "../chat_messages.ts";
import type { Entry } from "../../../samples/load_report.ts";
import { promptCluster, scenarioOf } from "../prompt_cluster.ts";
import { recordFormat } from "../record_format.ts";
import type { Fields } from "../../bytes/record.ts";
import type { Message, Place } from "../../../samples/sample.ts";

/** What a chat log may hold beside its conversation without saying anything of how the model was tried. */
const ASIDE =
  /^(id|conversation_id|uuid|custom_id|idx|index|model|model_name|system|system_prompt|tools|functions|parallel_tool_calls|source|language|lang|created|timestamp|num_turns)$/;

/** One sample a record, nobody's label on it. */
export const chat = {
  ...recordFormat({ name: "chat", kind: "jsonl", fields: [], isOne: isChat, toEntry }),
  needs: `${CONVERSATIONS.join(" or ")} and nothing but an id and a model, in JSONL or JSON`,
  isGeneric: true,
};

function isChat(record: Fields): boolean {
  const list = CONVERSATIONS.find((name) => Object.hasOwn(record, name));
  return list !== undefined && isConversation(record[list]) &&
    Object.keys(record).every((name) => name === list || ASIDE.test(name));
}

function toEntry(record: Fields, source: Place): Entry {
  const list = CONVERSATIONS.find((name) => Object.hasOwn(record, name));
  if (list === undefined) return { reject: { ...source, reason: `no conversation: ${CONVERSATIONS.join(", ")}` } };
  const { messages, problems } = toConversation(record[list]);
  if (problems.length > 0) return { reject: { ...source, reason: `${list}: ${problems.slice(0, 3).join("; ")}` } };
  if (messages.length === 0) return { reject: { ...source, reason: `${list}: no turn` } };
  const system = textIn(record, ["system", "system_prompt"]);
  const all: Message[] = system === undefined ? [...messages] : [{ role: "system", content: system }, ...messages];
  const scenario = scenarioOf(source.file);
  return {
    sample: {
      id: textIn(record, ["id", "conversation_id", "uuid", "custom_id"]) ??
        `${basename(source.file)}:${/\d+/.exec(source.at)?.[0]}`,
      model: textIn(record, ["model", "model_name"]) ?? "not recorded",
      scenario,
      condition: {},
      cluster: promptCluster(scenario, all),
      messages: all,
      labels: [],
      source,
    },
  };
}

/** The first of these fields that holds text or a number. */
function textIn(record: Fields, names: readonly string[]): string | undefined {
  const found = names.map((name) => record[name]).find((value) =>
    typeof value === "number" || typeof value === "string" && value !== ""
  );
  return found === undefined ? undefined : String(found);
}
