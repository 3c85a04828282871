/**
 * Emails within a text: where each begins and ends, and where the names of its header lines stand. Nothing of the text
 * is changed or left out, so that places in it stay what they are. It runs in the browser too, as text.
 *
 * @module
 */

/** A stretch of a text, in UTF-16 units; `end` is behind the last one. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** An email, and the names of its header lines (`To:`). */
export interface EmailPlace extends Stretch {
  readonly names: readonly Stretch[];
}

/**
 * Finds emails: what stands in `<email>` or `<tool_use:…>` tags, closed or not, and elsewhere what begins with two or
 * more header lines, one of them From or To, up to a rule such as `---` or the next email.
 *
 * @example
 * ```ts
 * import { emailsIn } from "$lib/pages/emails.ts";
 * import assert from "node:assert/strict";
 *
 * const text = "Inbox:\nFrom: a@b.c\nSubject: Hi\n\nHello.\n---\nDo it.";
 * const [{ start, end, names }] = emailsIn(text);
 * assert.equal(text.slice(start, end), "From: a@b.c\nSubject: Hi\n\nHello.\n");
 * assert.deepEqual(names.map((name) => text.slice(name.start, name.end)), ["From:", "Subject:"]);
 * ```
 */
export function emailsIn(text: string): EmailPlace[] {
  const header = /^[ \t*_"]*(?:from|to|cc|bcc|subject|date|sent|time|timestamp|id|email_id|body|code)[*_"]*[ \t]*:/i;
  const opening = /^[ \t]*<(?:email|tool_use:[\w-]+)>/i;
  const closing = /<\/(?:email|tool_use:[\w-]+)>/i;
  const found: { start: number; end: number; names: Stretch[] }[] = [];
  let open: (typeof found)[number] & { isTag: boolean; headers: number; named: boolean } | undefined;

  const lines: { start: number; line: string }[] = [];
  let from = 0;
  for (const line of text.split(/(?<=\n)/)) {
    lines.push({ start: from, line });
    from += line.length;
  }
  function close(end: number): void {
    if (open !== undefined && (open.isTag || (open.headers > 1 && open.named))) {
      found.push({ start: open.start, end, names: open.names });
    }
    open = undefined;
  }
  let inHeaders = false;
  for (const { start, line } of lines) {
    const name = header.exec(line)?.[0];
    if (opening.test(line)) {
      close(start);
      open = { start, end: start, names: [], isTag: true, headers: 0, named: false };
      inHeaders = true;
    } else if (open?.isTag !== true && /^[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,})[ \t]*\r?\n?$/.test(line)) {
      close(start);
    } else if (name !== undefined && open?.isTag !== true && !inHeaders && !/^\W*(?:body|code)/i.test(line)) {
      close(start);
      open = { start, end: start, names: [], isTag: false, headers: 0, named: false };
      inHeaders = true;
    }
    if (open !== undefined && name !== undefined && (inHeaders || open.isTag)) {
      open.names.push({ start, end: start + name.length });
      open.headers++;
      open.named ||= /^\W*(?:from|to)\b/i.test(line);
    } else if (!opening.test(line)) {
      if (open !== undefined && !open.isTag && inHeaders && open.headers < 2) open = undefined; // one line is none
      inHeaders = false;
    }
    if (open?.isTag && closing.test(line)) close(start + line.length);
  }
  close(text.length);
  return found;
}
