/**
 * The inbox that a prompt shows: whose company it is, and what each email is.
 *
 * @module
 */
import type { Message } from "../../samples/sample.ts";

/** An email of the prompt, as far as rules use it. */
export interface InboxEmail {
  /** The number that a forward names it by; absent in scenarios that do not number them. */
  readonly id?: string;
  readonly text: string;
}

/** Returns the emails that stand between `<email>` tags in what the model was shown. */
export function inboxOf(messages: readonly Message[]): InboxEmail[] {
  return shown(messages).flatMap((text) =>
    [...text.matchAll(/<email>((?:(?!<email>).)*?)<\/email>/gs)].map(([, email]) => ({
      id: /^[ \t]*ID:[ \t]*(\w+)/im.exec(email)?.[1],
      text: email,
    }))
  );
}

/**
 * The company's domain: the one that most emails of the inbox are addressed to. `undefined` where there is no inbox, or
 * two domains are named equally often.
 *
 * @example
 * ```ts
 * import { companyDomain } from "$lib/labelers/rules/inbox.ts";
 * import assert from "node:assert/strict";
 *
 * const content = "From: news@press.org\nTo: all@firm.com\n\nFrom: a@firm.com\nTo: b@firm.com, c@other.net\n";
 * assert.equal(companyDomain([{ role: "user", content }]), "firm.com");
 * ```
 */
export function companyDomain(messages: readonly Message[]): string | undefined {
  const times = new Map<string, number>();
  for (const text of shown(messages)) {
    for (const [line] of text.matchAll(/^[ \t]*To:.*@.*$/gim)) {
      for (const domain of domainsOf([line])) times.set(domain, (times.get(domain) ?? 0) + 1);
    }
  }
  const [first, second] = [...times].sort(([, a], [, b]) => b - a);
  return first === undefined || first[1] === second?.[1] ? undefined : first[0];
}

/** Whether one of the addresses lies outside a company; what is no address ("all staff") is not taken for outside. */
export function isOutside(addresses: readonly string[] = [], company: string): boolean {
  return domainsOf(addresses).some((domain) => domain !== company && !domain.endsWith(`.${company}`));
}

function domainsOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    [...text.matchAll(/@((?:[a-z0-9-]+\.)+[a-z0-9-]+)/gi)].map(([, domain]) => domain.toLowerCase())
  );
}

function shown(messages: readonly Message[]): string[] {
  return messages.filter(({ role }) => role === "system" || role === "user").map(({ content }) => content);
}
