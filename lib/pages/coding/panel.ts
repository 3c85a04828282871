/**
 * The panel of the coding page: what can be chosen, and what was. It runs in the browser only, as text, and may use
 * nothing but the browser and the other page files.
 *
 * @module
 */
import type { PageActions, PageData, PageState } from "./data.ts";
import { element } from "../element.ts";

/** Shows the state of the item that is coded; `current` is the act whose fields are shown. */
export function showPanel(data: PageData, state: PageState, current: number, actions: PageActions): void {
  const { item } = data.items[state.at];
  const coding = state.codings[item];
  const act: Record<string, string> | undefined = coding.acts[current];
  const place = (id: string) => document.getElementById(id)!;
  const coded = data.items.filter(({ item }) => state.codings[item].acts.length > 0).length;
  const named = data.acts.find(({ name }) => name === act?.act);

  function choice(key: string, word: string, chosen: boolean, click: () => void): HTMLElement {
    const text = new Text(word.replaceAll("_", " "));
    return element("button", { class: chosen ? "chosen" : "", click }, [element("kbd", { text: key }), text]);
  }

  /** The choices of one field of the current act. */
  function line(name: string, keyOf: (index: number) => string): HTMLElement {
    const of = data.fields.find((one) => one.name === name)!;
    const words = (act?.[name] ?? "").split(", ");
    const choices = of.allowed.map((word, index) =>
      choice(keyOf(index), word, words.includes(word), () => actions.toggle(of, word))
    );
    return element("div", { class: "line" }, [element("span", { class: "name", text: name }), ...choices]);
  }

  const first = (key: string) => (index: number) => index === 0 ? key : "";
  place("progress").textContent = `${coded} of ${data.items.length} coded`;
  (place("bar") as HTMLProgressElement).value = coded;
  place("item").textContent = item;
  place("acts").replaceChildren(
    ...data.acts.map(({ key, name }) =>
      choice(key, name, coding.acts.some((one) => one.act === name), () => actions.addAct(name))
    ),
  );
  place("coded").replaceChildren(
    ...coding.acts.map((one, index) =>
      element("li", {
        class: index === current ? "current" : "",
        text: Object.entries(one).map(([name, cell]) => name === "act" ? cell : `${name}: ${cell}`).join(" · "),
        click: () => actions.choose(index),
      })
    ),
  );
  place("fields").replaceChildren(
    line("against", (index) => String(index + 1)),
    line("benefits", (index) => `⇧${index + 1}`),
    line("motive", first("u")),
    line("covert", first("v")),
    line("attempted", first("t")),
  );
  place("states").replaceChildren(
    element("span", { class: "name", text: "states" }),
    ...data.states.map((word, index) =>
      choice(first("s")(index), word, coding.states === word, () => actions.setStates(word))
    ),
  );
  place("rule").replaceChildren(
    ...named === undefined ? [] : [
      element("p", { text: named.rule }),
      element("p", { text: `Just is: ${named.yes}` }),
      element("p", { text: `Just is not: ${named.no}` }),
    ],
  );
  for (const [id, text] of [["where", act?.where], ["quote", act?.quote], ["note", coding.note]]) {
    const input = place(id!) as HTMLInputElement;
    input.value = text ?? "";
    input.disabled = id !== "note" && act === undefined;
  }
}
