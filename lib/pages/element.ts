/**
 * Elements of a page. It runs in the browser only, as text, as all functions that pages share.
 *
 * @module
 */

/** What an element is made with. */
export interface ElementOf {
  readonly class?: string;
  readonly text?: string;
  readonly click?: () => void;
  /** Attributes of the project's own names; an absent value leaves it out. */
  readonly with?: Readonly<Record<string, string | undefined>>;
}

/** Makes an element; all text goes in as text, never as markup. */
export function element(tag: string, of: ElementOf = {}, children: readonly Node[] = []): HTMLElement {
  const made = document.createElement(tag);
  if (of.class) made.className = of.class;
  if (of.text !== undefined) made.textContent = of.text;
  if (of.click) made.addEventListener("click", of.click);
  for (const [name, value] of Object.entries(of.with ?? {})) if (value !== undefined) made.setAttribute(name, value);
  if (tag === "button") made.setAttribute("type", "button");
  made.append(...children);
  return made;
}

/** The element of the page that has this id. */
export function place(id: string): HTMLElement {
  return document.getElementById(id)!;
}

/** Whether a key that is pressed here belongs to what has the focus: it is typed into, or pressed by that key. */
export function isOwnKey(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  if (target.matches("input:not([type=checkbox]), textarea")) return event.key !== "Escape";
  if (target.matches("select")) return event.key.length === 1 || event.key.startsWith("Arrow") || event.key === "Enter";
  return target.matches("button, summary, a, input") && (event.key === "Enter" || event.key === " ");
}

/** Opens or closes the list of keys. */
export function toggleHelp(): void {
  const help = place("help") as HTMLDialogElement;
  if (help.open) help.close();
  else help.showModal();
}

/** What had the focus was made anew: the control of the same name gets it. */
export function focusAgain(name: string | undefined): void {
  if (name === undefined) return;
  [...document.querySelectorAll<HTMLElement>("[data-control]")].find(({ dataset }) => dataset.control === name)
    ?.focus();
}

/** The name of the control that has the focus. */
export function focusedControl(): string | undefined {
  return (document.activeElement as HTMLElement | null)?.dataset.control;
}
