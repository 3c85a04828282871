/**
 * Who codes: asked before anything is shown, so that two coders at one browser do not see each other's codes. It runs in
 * the browser only, as text.
 *
 * @module
 */
import { element, place } from "../element.ts";
import { isCoded } from "./codings.ts";
import type { PageData } from "./data.ts";
import { forgetCoder, keptCoders, keptState } from "./store.ts";

/** Asks who codes; `start` is called with the name. */
export function askWho(data: PageData, start: (name: string) => void): void {
  const dialog = place("who") as HTMLDialogElement;
  const input = place("name") as HTMLInputElement;
  const begin = (name: string) => {
    if (name.trim() === "") return input.focus();
    dialog.close();
    start(name.trim());
  };
  showCoders(data, begin);
  input.value = "";
  dialog.addEventListener("cancel", (event) => event.preventDefault()); // nothing can be coded by nobody
  input.onkeydown = (event) => {
    event.stopPropagation(); // the page's own keys wait
    if (event.key === "Enter") begin(input.value);
  };
  place("begin").onclick = () => begin(input.value);
  dialog.showModal();
  input.focus();
}

/** Those who have coded here before: each can go on, or start afresh, which is asked twice. */
export function showCoders(data: PageData, begin: (name: string) => void): void {
  place("coders").replaceChildren(
    ...keptCoders(data.sheet).map((name) => {
      const codings = Object.values(keptState(data, name).codings);
      const coded = codings.filter(isCoded).length;
      const afresh = element("button", {
        text: "start afresh",
        click: () => {
          if (afresh.dataset.asked === undefined) {
            afresh.dataset.asked = "";
            afresh.textContent = `really forget ${coded} codings of ${name}`;
            return;
          }
          forgetCoder(data.sheet, name);
          begin(name);
        },
      });
      const goOn = element("button", {
        text: `${name}: go on, ${coded} of ${codings.length} coded`,
        click: () => begin(name),
      });
      return element("li", {}, [goOn, afresh]);
    }),
  );
}
