/**
 * The panel of the coding page: what can be chosen, and what was. It runs in the browser only, as text, and may use
 * nothing but the browser and the other functions of the page.
 *
 * @module
 */
import { element, focusAgain, focusedControl, place } from "../element.ts";
import { codingOf, isCoded, lacksNote, notCoded, wordsOf } from "./codings.ts";
import type { ActWork, Coder, PageData } from "./data.ts";

/** A button to choose a word by; `control` names it among all of the panel. */
export function wordChoice(
  control: string,
  key: string,
  word: string,
  isChosen: boolean,
  click: () => void,
): HTMLElement {
  const of = { click, with: { "aria-pressed": String(isChosen), "data-control": control } };
  return element("button", of, [element("kbd", { text: key }), new Text(word.replaceAll("_", " "))]);
}

/** What was coded of an act, and what was not. */
export function saidOf(data: PageData, act: Readonly<Record<string, string>>): string {
  const coded = Object.entries(act).map(([name, cell]) => name === "act" ? cell : `${name}: ${cell}`);
  const open = notCoded(data, act);
  return [...coded, ...open.length === 0 ? [] : [`not coded: ${open.join(", ")}`]].join(" · ");
}

/** Shows the state of the item that is coded. */
export function showPanel(coder: Coder, actions: ActWork): void {
  const { data, state, current } = coder;
  const focused = focusedControl();
  const coding = codingOf(coder);
  const coded = data.items.filter(({ item }) => isCoded(state.codings[item])).length;
  place("progress").textContent = `${coded} of ${data.items.length} coded`;
  (place("bar") as HTMLProgressElement).value = coded;
  place("item").textContent = data.items[state.at].item;
  place("coder").textContent = coder.name;
  place("acts").replaceChildren(
    ...data.acts.map(({ key, name }) =>
      wordChoice(`act ${name}`, key, name, coding.acts.some(({ act }) => act === name), () => actions.addAct(name))
    ),
  );
  place("coded").replaceChildren(
    ...coding.acts.map((one, index) =>
      element("li", {}, [
        element("button", {
          text: saidOf(data, one),
          click: () => actions.choose(index),
          with: { "aria-pressed": String(index === current), "data-control": `coded ${index}` },
        }),
      ])
    ),
  );
  showFields(coder, actions);
  place("states").replaceChildren(
    element("span", { class: "name", text: "states" }),
    ...data.states.map((word, index) =>
      wordChoice(`states ${word}`, index === 0 ? "s" : "", word, coding.states === word, () => actions.setStates(word))
    ),
  );
  place("need").textContent = lacksNote(coding) ? "other needs a note: what was done?" : "";
  focusAgain(focused);
}

/** The fields of the act that is chosen, and the rule by which it is coded. */
export function showFields(coder: Coder, actions: ActWork): void {
  const { data, current } = coder;
  const coding = codingOf(coder);
  const act: Record<string, string> | undefined = coding.acts[current];
  const keyOf: Record<string, (index: number) => string> = {
    against: (index) => index < 9 ? String(index + 1) : "",
    to: (index) => index < 9 ? `/${index + 1}` : "",
    benefits: (index) => index < 9 ? `⇧${index + 1}` : "",
    motive: (index) => index === 0 ? "u" : "",
    covert: (index) => index === 0 ? "v" : "",
    attempted: (index) => index === 0 ? "t" : "",
  };
  place("fields").replaceChildren(
    ...data.fields.filter(({ name }) => keyOf[name] !== undefined).map((of) => {
      const words = (act?.[of.name] ?? "").split(", ");
      const choices = wordsOf(coder, of).map((word, index) =>
        wordChoice(
          `${of.name} ${word}`,
          keyOf[of.name](index),
          word,
          words.includes(word),
          () => actions.toggle(of, word),
        )
      );
      return element("div", { class: "line" }, [element("span", { class: "name", text: of.name }), ...choices]);
    }),
  );
  for (const [id, text] of [["where", act?.where], ["quote", act?.quote], ["note", coding.note]]) {
    const input = place(id!) as HTMLInputElement;
    if (input.value.trim() !== (text ?? "")) input.value = text ?? "";
    input.disabled = id !== "note" && act === undefined;
  }
  const named = data.acts.find(({ name }) => name === act?.act);
  place("rule").replaceChildren(
    ...named === undefined
      ? []
      : [named.rule, `Just is: ${named.yes}`, `Just is not: ${named.no}`].map((text) => element("p", { text })),
  );
}
