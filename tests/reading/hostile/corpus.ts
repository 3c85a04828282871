/**
 * Broken and malicious inputs, made on the fly and always the same.
 *
 * @module
 */
import { anyonesInputs } from "./anyones.ts";
import { archiveInputs } from "./archives.ts";
import { bombInputs } from "./bombs.ts";
import { cardInputs } from "./cards.ts";
import { folderInputs } from "./folders.ts";
import { formatInputs } from "./formats.ts";
import type { HostileInput } from "./input.ts";
import { logInputs } from "./logs.ts";
import { parquetInputs } from "./parquet.ts";
import { recordInputs } from "./records.ts";

/** All inputs, by their kind. */
export const HOSTILE: Readonly<Record<string, () => HostileInput[]>> = {
  "records of JSONL and CSV": recordInputs,
  "archives and compressed files": archiveInputs,
  "files that are small and become large": bombInputs,
  "Parquet files": parquetInputs,
  "logs of Inspect": logInputs,
  "records of other formats": formatInputs,
  folders: folderInputs,
  cards: cardInputs,
  "lists, event logs and mappings": anyonesInputs,
};

/** All inputs. */
export function hostileInputs(): HostileInput[] {
  return Object.values(HOSTILE).flatMap((inputs) => inputs());
}
