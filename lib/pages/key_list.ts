/**
 * The list of a page's keys, as markup of the project's own.
 *
 * @module
 */

/** A dialog with each key and what it does; Escape closes it. */
export function keyList(keys: readonly (readonly [string, string])[]): string {
  const rows = keys.map(([key, text]) => `<dt><kbd>${key}</kbd></dt><dd>${text}</dd>`).join("");
  return `<dialog id="help" aria-label="keys"><dl>${rows}</dl><button type="button" id="close-help">close</button></dialog>`;
}
