/**
 * Samples of a log in the chunked layout: `samples/<id>_epoch_<n>/sample.json` is a shell, and what it refers to stands in
 * pieces beside it, each named by the number of its first element. Joined, a sample is as in the ordinary layout.
 *
 * @module
 */
import { z } from "zod";
import { parseJson } from "../../../json/strict.ts";
import { MOST_MESSAGES } from "./messages.ts";
import type { ZipMember } from "../../bytes/zip_directory.ts";
import { HELD, isBomb } from "../../bytes/bomb.ts";
import { LARGEST_ENTRY, zipEntry, type ZipTotal } from "../../bytes/zip_entries.ts";
import { explain } from "../../../samples/schema.ts";
import { type Fields, isObject } from "../../bytes/record.ts";

const SHELL = /^(samples\/.+_epoch_\d+\/)sample\.json$/s;

/** The folder of a shell's pieces; `undefined` for any other entry. */
export function folderOfShell(name: string): string | undefined {
  return SHELL.exec(name)?.[1];
}

const refsSchema = z.looseObject({ message_refs: z.array(z.tuple([z.int().min(0), z.int().min(0)])) });

/** Where pieces are. */
interface Pieces {
  readonly file: string;
  readonly folder: string;
  readonly members: readonly ZipMember[];
  readonly total: ZipTotal;
}

/**
 * Puts the pieces of a sample together. They are held at once, so that they may be no more than one entry is.
 *
 * @param withEvents events as well, which only the conversation of an audit's target needs
 * @throws {SyntaxError} if a piece is missing or is not what it should be, or the shell says nothing of its messages
 */
export async function joined(
  shell: unknown,
  { file, folder, members, total }: Pieces,
  withEvents: boolean,
): Promise<Fields> {
  const { success, data, error } = refsSchema.safeParse(shell);
  if (!success) throw new SyntaxError(`not a layout that is known: ${explain(error)}`);
  const held = { packed: 0, unpacked: 0 };
  const pool = await piecesOf("messages");
  const messages: unknown[] = [];
  for (const [start, end] of data.message_refs) {
    if (end > pool.length) throw new SyntaxError(`message_refs: names ${end} messages, and there are ${pool.length}`);
    if (messages.length + end - start > MOST_MESSAGES) throw new SyntaxError(`more than ${MOST_MESSAGES} messages`);
    messages.push(...pool.slice(start, end));
  }
  const metadata = members.find(({ name }) => name === `${folder}metadata.json`);
  return {
    ...data,
    messages,
    ...metadata === undefined ? {} : { metadata: await valueOf(metadata) },
    attachments: Object.fromEntries((await piecesOf("attachments")).map((text, index) => [String(index), text])),
    ...withEvents ? { events: await piecesOf("events"), events_data: { messages: pool } } : {},
  };

  async function piecesOf(kind: string): Promise<unknown[]> {
    const start = `${folder}${kind}/`;
    const pieces = members.filter(({ name }) => name.startsWith(start) && /^\d+\.json$/.test(name.slice(start.length)))
      .map((member) => ({ member, first: parseInt(member.name.slice(start.length)) }))
      .sort((a, b) => a.first - b.first);
    const all: unknown[] = [];
    for (const { member, first } of pieces) {
      const piece = await valueOf(member);
      if (!Array.isArray(piece)) throw new SyntaxError(`${member.name}: not a list`);
      if (first !== all.length) {
        throw new SyntaxError(`${member.name}: begins at ${first}, and ${all.length} were there`);
      }
      for (const one of piece) all.push(one);
    }
    return all;
  }

  async function valueOf(member: ZipMember): Promise<unknown> {
    held.packed += member.compressedSize;
    held.unpacked += member.size;
    if (held.unpacked > LARGEST_ENTRY || isBomb(held, HELD)) {
      throw new RangeError(`${member.name}: with it the pieces hold ${held.unpacked} bytes, which is too much at once`);
    }
    const content = await zipEntry(file, member, total);
    if ("reason" in content) throw new SyntaxError(`${member.name}: ${content.reason}`);
    return parseJson(content.text, { python: true });
  }
}

/** True for the entry of a sample that is a shell: its folder says so, or that it refers to messages elsewhere. */
export function isShell(value: unknown): boolean {
  return isObject(value) && value.message_refs !== undefined && value.messages === undefined;
}
