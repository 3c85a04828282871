/**
 * What columns and fields are usually called, by what they hold.
 *
 * @module
 */

/** Names are compared in words: `promptIdx` as `prompt_Idx`. */
export function inWords(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2");
}

/** The last part of a path: `goal` of `info.goal`, `resps` of `resps.0.0`. */
export function last(path: string): string {
  const name = path.replace(/(\.0)+$/, "");
  return inWords(name.slice(name.lastIndexOf(".") + 1));
}

export const MODEL =
  /^((language_?)?model([_ .-]?(name|id|model|slug|label))?|llm([_ .-]?(name|id))?|engine|deployment)$/i;

/** Names that hold a model where nothing is called one; a bare `id` does inside of a provider. */
export const MODEL_ELSEWHERE =
  /(^|\.)(target[_ .-]?(name|id|model)|target|provider|provider\.(id|label)|body\.model)$/i;

/** The expected answer, and not the model under test, unless what stands there is named as models are. */
export const EXPECTED =
  /^(target|expected|gold|reference|ideal|solution|answer_key)([_ .-]?(answer|output|label|choice|response))?$|^correct[_ .-]?(answer|choice)$/i;

/** `provider/name` or `name-4`: only then is a bare `target` a model, and not the answer that was expected. */
export const MODEL_NAME = /^[a-z][\w.-]*([/:]\S|-[\w.-]*\d)/i;

/** A model's name inside of a file's name. */
export const MODEL_IN_FILE =
  /(?:gpt|claude|llama|mistral|mixtral|gemini|gemma|qwen|deepseek|grok|phi|opus|sonnet|haiku|kimi|glm|command|o[134])(?:[-.]?[a-z0-9]+)*/i;

export const SCENARIO = /^(scenario|task|environment|env|eval|benchmark)([_ .-]?(name|type))?$/i;

/** Who gave a record's scores, where each record is one labeler's. */
export const LABELER =
  /^(judge|labell?er|annotator|rater|grader|scorer|coder|evaluator|reviewer)([_ .-]?(model|name|id|llm))?$/i;

export const MESSAGES = {
  system: /^system([_ .-]?(prompt|message))?$/i,
  user: /^(user|prompt|question|input|instruction|query)([_ .-]?(prompt|text|message|raw))?$|^raw$/i,
  assistant:
    /^(raw[_ .-]?|model[_ .-]?|generated[_ .-]?)?(response|resp|completion|output|answer|assistant|reply|generation)(s|[_ .-]?(text|message))?$|^generated[_ .-]?text$/i,
  reasoning: /^(cot|reasoning|thinking|scratchpad)([_ .-]?content)?$/i,
};

/** Numbers and texts that describe a run, not what the model did. */
export const BOOKKEEPING =
  /(^|[_ .-])(id|uuid|hash|sha256|file|path|url|line|index|idx|epoch|seed|run|rep|repetition|repeat|sample|trial|attempt|time|timestamp|date|created|duration|latency|ms|seconds|tokens?|retry|retries|fallbacks|cached|usage|cost|temperature|version)([_ .-]|$)/i;

/** What tells records apart, one by one or together. */
export const KEY =
  /(^|[_ .-])(id|uuid|key|idx|index|number|epoch|seed|run|rep|repetition|repeat|sample|trial|attempt|item|question|prompt|case|variant)([_ .-]|$)|^[a-z]{1,3}id$/i;

/** The id of a prompt: samples of the same one are not independent. */
export const PROMPT_ID =
  /^(prompt|question|item|task|case|problem|example|query|doc|instance|behavior|test)s?[_ .-]?(id|idx|index|number|no|hash|uuid)$|^item$/i;

/** Names of what was judged, whatever else is in them. */
export const JUDGED =
  /score|rating|grade|verdict|label|judge|harm|refus|aware|outcome|choice|compl(y|ie|iance)|annotat|correct|success|pass|unsafe|reward|^is_|^(human|people|rater|coder)([_ .-]|$)/i;

/** A label that is a name of something, and no judgement. */
export const NAMED = /(^|\.)(prompt|provider|model|task|test_?case|vars|config)\.label$/i;

/** Who gave a score, by its name. */
export const GIVEN_BY = {
  human: /human|annotat|people|rater|coder|manual/i,
  judge: /judge|grader|llm|gpt|claude/i,
  rule: /rule|regex|keyword|string[_ .-]?match|str[_ .-]?match/i,
};

/** One of several people, each with a column. */
export const ANNOTATOR = /(annotat|human|rater|coder|people).*[_ .-]?([0-9]+|[a-d])$/i;
