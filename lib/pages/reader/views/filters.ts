/**
 * What is asked and which samples are wanted, as controls. It runs in the browser, as text.
 *
 * @module
 */
import { element, focusAgain, focusedControl, place } from "../../element.ts";
import { answerOf, type Asked } from "../client/question.ts";
import type { Actions, Reader } from "../client/state.ts";

/** A choice with its name; each option is a value and what is shown for it. */
export function choice(
  name: string,
  options: readonly (readonly [string, string])[],
  chosen: string,
  change: (value: string) => void,
): HTMLElement {
  const made = options.map(([value, text]) => element("option", { text, with: { value } }) as HTMLOptionElement);
  const select = element("select", { with: { "data-control": name } }, made) as HTMLSelectElement;
  select.value = chosen;
  select.addEventListener("change", () => change(select.value));
  return element("label", {}, [element("span", { class: "name", text: name }), select]);
}

/** A field for a number; empty is none. */
export function numberField(name: string, value: number | undefined, change: (value?: number) => void): HTMLElement {
  const input = element("input", {
    with: { "data-control": name, type: "number", step: "any", value: value?.toString() },
  }) as HTMLInputElement;
  input.addEventListener("change", () => change(input.value === "" ? undefined : Number(input.value)));
  return element("label", {}, [element("span", { class: "name", text: name }), input]);
}

/** Shows the controls as they are set; those that the question does not need are not there. */
export function showFilters(reader: Reader, actions: Actions): void {
  const focused = focusedControl();
  const { data, asked } = reader;
  const set = (values: Partial<Asked>) => {
    Object.assign(asked, values);
    actions.ask();
  };
  const isOutcome = asked.score === -1;
  const score = asked.score;
  const gave = (name: string) =>
    data.samples.some(({ labels }) =>
      labels.some((label) => label.labeler === name && label.scores?.some(([one]) => one === score))
    );
  const all = [...new Set(data.samples.flatMap(({ labels }) => labels.map(({ labeler }) => labeler)))].sort();
  const labelers = isOutcome ? data.labelers : ["", ...all.filter(gave)];
  const answers = new Map<string, number>();
  let hasNumbers = false;
  for (const sample of data.samples) {
    const answer = answerOf(data, asked, sample);
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
    hasNumbers ||= !isOutcome && answer !== "" && Number.isFinite(Number(answer));
  }
  const named = [...answers].sort(([a], [b]) => a < b ? -1 : 1).slice(0, 100);
  place("question").replaceChildren(
    choice(
      "Ask for",
      [["-1", "outcome"], ...data.scores.map((name, at) => [String(at), `score ${name}`] as const)],
      String(score),
      (value) =>
        set({
          score: Number(value),
          labeler: value === "-1" ? data.labelers[0] ?? "" : "",
          answer: "",
          least: undefined,
          most: undefined,
        }),
    ),
    ...isOutcome
      ? [
        choice("Standard", data.standards.map(({ name }, at) => [String(at), name]), String(asked.standard), (value) =>
          set({ standard: Number(value), answer: "" })),
      ]
      : [],
    choice(
      "Labeler",
      labelers.map((name) => [name, name || "whoever it was"]),
      asked.labeler,
      (labeler) => set({ labeler, answer: "" }),
    ),
    choice(
      "Answer",
      [["", "any"], ...named.map(([answer, times]) => [answer, `${answer} (${times})`] as const)],
      asked.answer,
      (answer) => set({ answer }),
    ),
    ...hasNumbers
      ? [
        numberField("From", asked.least, (least) => set({ least })),
        numberField("Up to", asked.most, (most) => set({ most })),
      ]
      : [],
  );
  const few = data.factors.map((_, at) => at).filter((at) => {
    const { length } = data.factors[at].levels;
    return length > 1 && length <= 200;
  });
  place("factors").replaceChildren(
    ...few.map((at) => {
      const { name, levels } = data.factors[at];
      return choice(
        name,
        [["", "any"], ...levels.map((level, number) => [String(number), level] as const), ["-1", "not recorded"]],
        asked.levels.get(at)?.toString() ?? "",
        (value) => {
          if (value === "") asked.levels.delete(at);
          else asked.levels.set(at, Number(value));
          actions.ask();
        },
      );
    }),
  );
  place("order").replaceChildren(
    choice(
      "Sort by",
      [
        ["", "as read"],
        ["id", "id"],
        ["answer", "answer"],
        ...few.map((at) => [String(at), data.factors[at].name] as const),
      ],
      asked.sort,
      (sort) => set({ sort }),
    ),
    element("button", {
      text: asked.isDown ? "descending" : "ascending",
      click: () => set({ isDown: !asked.isDown }),
      with: { "data-control": "direction" },
    }),
    element("button", {
      text: "disagreement",
      click: () => set({ isDisputed: !asked.isDisputed }),
      with: {
        "data-control": "disputed",
        "aria-pressed": String(asked.isDisputed),
        title: "only samples whose labelers disagree",
      },
    }),
    element("button", { text: "clear", click: () => clear(asked, actions), with: { "data-control": "clear" } }),
  );
  focusAgain(focused);
}

/** Takes every choice of samples back; what is asked stays. */
export function clear(asked: Asked, actions: Actions): void {
  asked.levels.clear();
  (place("search") as HTMLInputElement).value = "";
  Object.assign(asked, { answer: "", least: undefined, most: undefined, isDisputed: false, text: "" });
  actions.ask();
}
