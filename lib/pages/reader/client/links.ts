/**
 * Permalinks and citations: how a sample, a message and a quote are named outside the page. It runs in the browser, as
 * text.
 *
 * @module
 */
import type { ReaderData, ReaderSample } from "./data.ts";

/** The part of an address behind `#`: the sample, and a message `m3` or a quote `q2`. */
export function linkTo(key: string, at?: string): string {
  return `#${encodeURIComponent(key.toWellFormed())}${at === undefined ? "" : `/${at}`}`;
}

/** What a link names; `undefined` where it names nothing. The key may be written with or without `%`. */
export function linked(hash: string): { readonly key: string; readonly at?: string } | undefined {
  const [, name, at] = /^#(.+?)(?:\/([mq]\d+))?$/s.exec(hash) ?? [];
  if (name === undefined) return undefined;
  try {
    return { key: decodeURIComponent(name), at };
  } catch {
    return { key: name, at }; // a % that stands for itself
  }
}

/** A sample, and words in it, as a paper or an issue can cite them: what was said, by whom, where it stands. */
export function citation(data: ReaderData, sample: ReaderSample, words: string, message: number | undefined): string {
  const levels = data.factors.flatMap(({ name, levels, isCondition }, at) =>
    isCondition && name !== "model" && sample.levels[at] !== -1 ? [`${name}=${levels[sample.levels[at]]}`] : []
  );
  const model = data.factors.findIndex(({ name }) => name === "model");
  const part = sample.parts.find((one) => one.message === message);
  const role = part === undefined ? "" : part.kind === "reasoning" || part.kind === "calls" ? "assistant" : part.kind;
  return [
    ...words === "" ? [] : [`“${words}”`],
    data.factors[model].levels[sample.levels[model]],
    `sample ${sample.id} of ${data.datasets[sample.dataset].name}${levels.length > 0 ? ` (${levels.join(", ")})` : ""}`,
    ...message === undefined ? [] : [`message ${message + 1}${role === "" ? "" : ` (${role})`}`],
    sample.source,
    `transcript sha256 ${sample.hash}…`,
    `reader ${linkTo(sample.key, message === undefined ? undefined : `m${message + 1}`)}`,
  ].join(", ");
}

/** Puts text where a paste takes it from; returns whether that was possible. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea"); // pages from disk may not reach the clipboard themselves
    area.value = text;
    document.body.append(area);
    area.select();
    const isDone = document.execCommand("copy");
    area.remove();
    return isDone;
  }
}
