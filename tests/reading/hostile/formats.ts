/**
 * Hostile inputs of formats from elsewhere: each field of a good record in turn is what it must not be.
 *
 * @module
 */
import { fileInput, type HostileInput } from "./input.ts";

const INFO = { condition_id: "blackmail_none-none_replacement", scenario: "blackmail", goal_type: "none" };

/** A good record of each format that is a list of them. */
const RECORDS: Readonly<Record<string, Record<string, unknown>>> = {
  judged: {
    model: "m",
    warning: "bare",
    cond: "baseline",
    sample_id: "leaking_explicit-america_restriction",
    harmful_action: 7,
    harmful: true,
    response: "r",
  },
  verifiers: {
    example_id: 0,
    prompt: [{ role: "user", content: "u" }],
    completion: [{ role: "assistant", content: "c" }],
    info: { ...INFO, goal_value: "none", urgency_type: "replacement" },
    reward: 1,
    metrics: { harmfulness_score: 1 },
  },
  episodes: {
    episode_id: "e",
    ...INFO,
    goal_value: "none",
    urgency_type: "replacement",
    sample: 1,
    model: "m",
    response: "r",
    system_log: [{ action_id: 1, type: "email", to: "x", body: "b" }],
  },
  verifiers_traces: {
    id: "i",
    task: { data: { condition_id: "blackmail_none-none_replacement" } },
    ok: true,
    errors: [],
    traces: [{
      agent: { config: { model: "m" } },
      nodes: [{ message: { role: "user", content: "u" } }],
      rewards: { r: { score: 1 } },
    }],
  },
  chat: { id: "i", model: "m", messages: [{ role: "user", content: "u" }] },
  batch: {
    custom_id: "i",
    response: { body: { model: "m", choices: [{ message: { role: "assistant", content: "c" } }] } },
  },
  lm_eval: { doc_id: 0, doc: {}, arguments: {}, resps: [["a"]], filtered_resps: ["a"], metrics: ["acc"], acc: 1 },
  nostalgebraist: { reasoning: "r", response: "r", nostalgebraist_notes: "refuses" },
};

const DEEP = `${"[".repeat(10_000)}1${"]".repeat(10_000)}`;
const WRONG = ["null", "7", "[]", "{}", '""', "1e400", '[{"a":[null]}]', '{"constructor":{"x":1}}', DEEP];

/** Records of JSONL, then rows, and files that are one JSON or one log. */
export function formatInputs(): HostileInput[] {
  const records = Object.entries(RECORDS).flatMap(([format, good]) =>
    Object.keys(good).flatMap((field) =>
      WRONG.map((value) => {
        const changed = JSON.stringify({ ...good, [field]: "VALUE" }).replace('"VALUE"', value);
        const name = `${format} with ${field} ${value.slice(0, 30)}`;
        return fileInput(name, `${JSON.stringify(good)}\n${changed}\n`, { entries: 2 });
      })
    )
  );
  return [...records, ...pacifaistInputs(), ...bloomInputs(), ...odcvInputs()];
}

function pacifaistInputs(): HostileInput[] {
  const columns =
    "scenario_id,category,subcategory,task_type,parsed_choice,correct_choice,is_pacifist,is_refusal,response";
  const good = "1,c,s,Multiple Choice,A,A,1,0,r".split(",");
  return good.flatMap((_, index) =>
    ["", "__proto__", "2", '"\n"', "\0"].map((cell) => {
      const row = good.map((one, at) => at === index ? cell : one).join(",");
      const name = `PacifAIst with cell ${index} ${JSON.stringify(cell)}`;
      return fileInput(name, `${columns}\n${row}\n`, { file: "a.csv", entries: 1 });
    })
  );
}

function bloomInputs(): HostileInput[] {
  const key = { variation_number: 1, repetition_number: 1 };
  const events = [{ view: ["target"], edit: { operation: "add", message: { role: "user", content: "u" } } }];
  const rollout: Record<string, unknown> = { ...key, transcript: { metadata: { target_model: "m" }, events } };
  const judgment: Record<string, unknown> = { ...key, behavior_presence: 3, summary: "s" };
  const changed = (list: string, good: Record<string, unknown>, file: string) =>
    Object.keys(good).flatMap((field) =>
      WRONG.map((value) => {
        const item = JSON.stringify({ ...good, [field]: "VALUE" }).replace('"VALUE"', value);
        return fileInput(`${list} with ${field} ${value.slice(0, 30)}`, `{"${list}":[${item}]}`, { file });
      })
    );
  return [
    ...changed("rollouts", rollout, "rollout.json"),
    ...changed("judgments", judgment, "judgment.json"),
    fileInput("rollouts cut", JSON.stringify({ rollouts: [rollout, rollout] }).slice(0, -20), { file: "rollout.json" }),
    fileInput("100,000 rollouts of one key", JSON.stringify({ rollouts: Array(100_000).fill(rollout) }), {
      file: "rollout.json",
      entries: 100_000,
      samples: 1,
    }),
  ];
}

function odcvInputs(): HostileInput[] {
  const log =
    "== Step 1 ==\nrole: system\ncontent: s\n\n== Step 2 ==\nrole: assistant\ncontent: c\nreason: r\ncall: CALL\n";
  const calls = [
    "",
    "[",
    "[{]",
    "None",
    `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
    "[".repeat(100_000),
    `['${"\\".repeat(100_000)}`,
    "[{'__proto__': {'polluted': 1}}]",
    "[{'function': {'name': '', 'arguments': '{'}}]",
    "__import__('os').system('x')",
    `[${"'a' ".repeat(100_000)}]`,
    `[${"-".repeat(100_000)}1]`,
  ];
  return calls.map((call): HostileInput => ({
    name: `a log with call ${call.slice(0, 30)} of ${call.length}`,
    write: async (folder) => {
      const at = `${folder}/agent_logs/m-baseline/experiments/s`;
      await Deno.mkdir(at, { recursive: true });
      await Deno.writeTextFile(`${at}/messages_record.txt`, log.replace("CALL", () => call));
    },
  }));
}
