/**
 * One record of JSON as text, parsed in bounded memory.
 *
 * @module
 */
import { parsed } from "./nan_json.ts";
import { checkKeys } from "./unique_keys.ts";
import { type Fields, isObject } from "./record.ts";

/** Parses the text of one JSON object; or says why it cannot be used. */
export function parseRecord(text: string): ObjectRead {
  const record = objectIn(text);
  try {
    if ("fields" in record) checkKeys(text, record.fields);
    return record;
  } catch (error) {
    return { reason: (error as Error).message };
  }
}

type ObjectRead = { readonly fields: Fields } | { readonly reason: string };

/** The object as it is, whether it has a key twice or not: which format it is of can be told all the same. */
export function objectIn(text: string): ObjectRead {
  if (text.includes("__proto__") && PROTO.test(text) || text.includes("\\u00") && PROTO_ESCAPED.test(text)) {
    return { reason: "a field has the name __proto__, which cannot be used" };
  }
  if (text.length > LONG && hasTooManyValues(text)) return { reason: `holds more than ${MOST_VALUES} values` };
  try {
    const fields: unknown = parsed(text);
    return isObject(fields) ? { fields } : { reason: "not a JSON object" };
  } catch (error) {
    return { reason: `not valid JSON: ${(error as Error).message}` };
  }
}

const PROTO = /"__proto__"\s*:/;
const PROTO_ESCAPED = new RegExp(
  `"${
    [..."__proto__"].map((one) => `(?:${one}|\\\\u00${one.charCodeAt(0).toString(16).replace("f", "[fF]")})`).join("")
  }"\\s*:`,
);

/** A value of two bytes takes fifty in memory, and a complaint about it more: long lines are counted before. */
const LONG = 1 << 20;
const MOST_VALUES = 500_000;

function hasTooManyValues(text: string): boolean {
  let values = 0;
  let isText = false;
  for (let at = 0; at < text.length; at++) {
    const one = text[at];
    if (one === '"') isText = !isText;
    else if (one === "\\") at++;
    else if (!isText && (one === "," || one === "[" || one === "{") && ++values > MOST_VALUES) return true;
  }
  return false;
}
