/**
 * An account of every call, kept beside the store: a call is noted before it goes out, so that one whose reply was lost
 * by a kill is still known to have been made, and may have been paid for.
 *
 * @module
 */
import { z } from "zod";
import { openStore, type Store } from "./store.ts";
import type { AskedLine } from "./task.ts";
import { parseJson } from "../json/strict.ts";

/** Which calls were made that no line of the store tells of. */
export interface CallAccount {
  /** Notes that a call is about to be made; `call` is the name that the server may know it by. */
  readonly begin: (key: string, call: string) => void;
  /** The calls for a key since its last line, of whichever run: its next line is to account for them. */
  readonly open: (key: string) => readonly string[];
  /** Notes that a call has ended with nothing that could be charged. */
  readonly free: (key: string, call: string) => void;
  /** The open calls of which that is not known: nobody has kept their reply, and they may be charged. */
  readonly lost: (key: string) => readonly string[];
  readonly close: () => Promise<void>;
}

/** A line: a call for `key`, made, or ended for free, when the store had `after` lines of that key. */
const callSchema = z.strictObject({
  key: z.string(),
  call: z.string(),
  after: z.number().int().min(0),
  free: z.literal(true).optional(),
});

const CALLS = {
  name: "call",
  start: '{"key":"',
  parse: (row: string): z.infer<typeof callSchema> => callSchema.parse(parseJson(row)),
  mend: (path: string) => `move ${path} away, and only which calls earlier runs lost is no longer known`,
};

/**
 * Opens the account of a store, or makes it.
 *
 * @throws {Deno.errors.Busy} if another process has it open
 * @throws {SyntaxError} if a line other than a torn last one is none of its kind
 *
 * @example
 * ```ts
 * import { openCallAccount } from "$lib/asking/call_account.ts";
 * import { openStore } from "$lib/asking/store.ts";
 * import assert from "node:assert/strict";
 *
 * const file = `${await Deno.makeTempDir()}/answers.jsonl`;
 * const kind = { name: "answer", start: '{"key":"', parse: (row: string) => JSON.parse(row) as { key: string } };
 * const store = openStore(file, kind);
 * const account = openCallAccount(`${file}.calls`, store);
 * account.begin("k", "k-0");
 * assert.deepEqual([account.open("k"), account.lost("k")], [["k-0"], ["k-0"]]);
 * account.free("k", "k-0");
 * assert.deepEqual([account.open("k"), account.lost("k")], [["k-0"], []]);
 * store.add({ key: "k" });
 * assert.deepEqual(account.open("k"), []);
 * await Promise.all([account.close(), store.close()]);
 * ```
 */
export function openCallAccount(path: string, store: Pick<Store<AskedLine>, "every">): CallAccount {
  const calls = openStore(path, CALLS);
  const openLines = (key: string, isFree: boolean) => {
    const after = store.every(key).length;
    return calls.every(key).filter((one) => one.after >= after && (one.free ?? false) === isFree).map(({ call }) =>
      call
    );
  };
  return {
    begin: (key, call) => calls.add({ key, call, after: store.every(key).length }),
    open: (key) => openLines(key, false),
    free: (key, call) => calls.add({ key, call, after: store.every(key).length, free: true }),
    lost: (key) => {
      const free = openLines(key, true);
      return openLines(key, false).filter((call) => {
        const at = free.indexOf(call);
        if (at !== -1) free.splice(at, 1); // a call is made several times by one name
        return at === -1;
      });
    },
    close: calls.close,
  };
}
