/**
 * `deno task codebook`: writes `data/codebook.md` from the vocabulary and the schema.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { codebook } from "../acts/codebook.ts";
import { main, STATUS } from "./shared/main.ts";

const USAGE = `deno task codebook

Writes data/codebook.md: what each act means, with its borderline cases, and how to code a transcript.`;

async function write(): Promise<number> {
  await Deno.writeTextFile(fileURLToPath(new URL("../../data/codebook.md", import.meta.url)), codebook());
  return STATUS.ok;
}

if (import.meta.main) await main(USAGE, write);
