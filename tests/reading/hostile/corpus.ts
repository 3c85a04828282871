/**
 * Broken and malicious inputs, made on the fly and always the same.
 *
 * @module
 */
import { anyonesInputs } from "./anyones.ts";
import { archiveInputs } from "./archives.ts";
import { cardInputs } from "./cards.ts";
import { folderInputs } from "./folders.ts";
import { formatInputs } from "./formats.ts";
import type { HostileInput } from "./input.ts";
import { logInputs } from "./logs.ts";
import { recordInputs } from "./records.ts";

/** All inputs. */
export function hostileInputs(): HostileInput[] {
  return [
    ...recordInputs(),
    ...archiveInputs(),
    ...logInputs(),
    ...formatInputs(),
    ...folderInputs(),
    ...cardInputs(),
    ...anyonesInputs(),
  ];
}
