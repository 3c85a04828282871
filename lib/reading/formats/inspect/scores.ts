/**
 * What a scorer of an Inspect log gave one sample, and whether it gave anything: a grader that failed leaves a "no".
 *
 * @module
 */
import type { Score } from "../../../samples/sample.ts";
import { isEmpty, yesOrNo } from "../../../samples/yes_no.ts";
import { type Fields, isObject } from "../../bytes/record.ts";

/** A score by its scorer's name; an object or list as one score a key. */
export function scoresOf(scorer: string, score: unknown, isMissing: boolean): Record<string, Score> {
  const value = isObject(score) ? score.value : score;
  const named: [string, unknown][] = isObject(value)
    ? Object.entries(value)
    : Array.isArray(value)
    ? value.map((one, index) => [`${scorer}[${index}]`, one])
    : [[scorer, value]];
  const isFailed = graderFailed(isObject(score) ? score : {}, named);
  return Object.fromEntries(named.map(([name, one]) => {
    const keeps = !isMissing && !(isFailed && !FAILURE_FLAGS.includes(name));
    return [name, keeps ? asScore(one) : null];
  }));
}

function asScore(value: unknown): Score {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  return value === undefined || value === null ? null : JSON.stringify(value);
}

const FAILURE_FLAGS = ["grader_error", "parse_failed", "parse_error"];
/**
 * A grader that gave no grade, or none that could be read: scorers put a "no" in its place. A judge that could find no
 * harm, or could not read a file, has judged: what was not found or read must be the grade, or the grader's words.
 */
const NO_GRADE = new RegExp(
  "^\\s*(?:[\\w ]{0,40}[:,–-]\\s*)?(?:" + [
    "GRADE (?:was |is )?not found",
    "no GRADE (?:was )?(?:found|given)",
    "NOT (?:parse|extract|find|read|decode) (?:(?:a|an|any|the|valid|\\w+'s) )*(?:grader |judge )?GRADE",
    "NOT (?:parse|extract|decode)(?: (?:a|an|any|the|valid|\\w+'s|grader|judge))*(?: (?:json|output|response|reply|completion|answer)|\\s*[.:]|\\s*$)",
  ].join("|").replaceAll("GRADE", "(?:grade|score|rating|verdict|judge?ment)")
    .replaceAll("NOT", "(?:could not|couldn't|cannot|can't|failed to|unable to)") +
    ")",
  "i",
);
const FAILURE =
  /^\s*(?:PARSE_FAILED|grader_error\b|Traceback \(|(?:[A-Z]\w*)?(?:Error|Exception)\b\s*[:(]|(?:Error|Exception) (?:during|in|while|scoring|grading|classifying|from|calling)\b)/;

/**
 * Whether a scorer that was to ask a grader failed and put zeros for it: by a flag among its values or its metadata, or
 * by an explanation that begins with an exception. Without a flag only zeros are doubted, so that no verdict is lost.
 */
function graderFailed({ explanation, metadata }: Fields, named: readonly (readonly [string, unknown])[]): boolean {
  const flags = isObject(metadata) ? [...FAILURE_FLAGS, "error"].map((flag) => metadata[flag]) : [];
  const flagged = named.filter(([name]) => FAILURE_FLAGS.includes(name)).map(([, value]) => value);
  if (flagged.some((flag) => flag === true || flag === 1)) return true;
  const isZero = named.every(([, value]) => isEmpty(asScore(value)) || yesOrNo(asScore(value)) === false);
  const isTold = flags.some(Boolean) ||
    typeof explanation === "string" && (FAILURE.test(explanation) || NO_GRADE.test(explanation));
  return isZero && isTold;
}
