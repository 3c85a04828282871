/**
 * How many samples give each answer, by up to two factors; each number leads to its samples. It runs in the browser, as
 * text.
 *
 * @module
 */
import { element, place } from "../../element.ts";
import { choice } from "./filters.ts";
import { isWanted } from "../client/filter.ts";
import type { ReaderSample } from "../client/data.ts";
import { answerOf, countRows } from "../client/question.ts";
import type { Actions, Reader } from "../client/state.ts";

/** Shows the counts of the samples that are chosen, whatever their answer. */
export function showCounts(reader: Reader, actions: Actions): void {
  const { data, asked, by, hits } = reader;
  const any = { ...asked, answer: "", least: undefined, most: undefined };
  const samples = data.samples.filter((sample) => isWanted(data, any, sample, hits));
  const used = by.filter((factor) => factor !== -1);
  const rows = countRows(data, asked, samples, used);
  const none = answeredMissing(reader, samples, used);
  const options = [
    ["-1", "nothing"],
    ...data.factors.map(({ name }, at) => [String(at), name] as const).filter((_, at) =>
      data.factors[at].levels.length <= 200
    ),
  ] as const;
  const groupOf = (values: readonly string[], answer: string) => () => {
    used.forEach((factor, at) => asked.levels.set(factor, data.factors[factor].levels.indexOf(values[at])));
    asked.answer = answer;
    actions.ask();
    place("list").focus();
  };
  const cell = (count: number, values: readonly string[], answer: string) =>
    element("td", {}, [
      count === 0 ? new Text("0") : element("button", {
        text: String(count),
        click: groupOf(values, answer),
        with: { title: "show these samples" },
      }),
    ]);
  const heads = [...used.map((factor) => data.factors[factor].name), "answer", "count", "scored", "missing"];
  place("main").replaceChildren(
    element("h2", { class: "title", text: data.title }),
    ...data.about.map((text) => element("p", { text })),
    element("div", { class: "controls" }, [
      choice("Counts by", options, String(by[0]), (value) => {
        by[0] = Number(value);
        actions.show("counts");
      }),
      choice("and", options, String(by[1]), (value) => {
        by[1] = Number(value);
        actions.show("counts");
      }),
    ]),
    rows === undefined
      ? element("p", {
        class: "none",
        text: "Several labelers answer for one sample: choose whose answer counts under Labeler.",
      })
      : element("table", { with: { id: "counts" } }, [
        element("caption", { text: `${sayAsked(reader)}, ${samples.length} samples` }),
        element("thead", {}, [
          element("tr", {}, heads.map((text) => element("th", { text, with: { scope: "col" } }))),
        ]),
        element(
          "tbody",
          {},
          rows.map(({ group, outcome, count, scored, missing }) => {
            const values = used.map((factor) => group[data.factors[factor].name]);
            return element("tr", {}, [
              ...values.map((text) => element("td", { text })),
              element("td", { text: outcome }),
              cell(count, values, asked.score === -1 ? outcome : "yes"),
              element("td", { text: String(scored) }),
              missing === (none.get(values.join("\n")) ?? 0)
                ? cell(missing, values, "missing")
                : element("td", { text: String(missing) }),
            ]);
          }),
        ),
      ]),
    element("p", { class: "none", text: "Rates with intervals: deno task rates, with the same factors in --by." }),
  );
}

/** For each group how many samples have the answer `missing`: a no of a yes/no verdict is missing for others too. */
export function answeredMissing(
  { data, asked }: Reader,
  samples: readonly ReaderSample[],
  by: readonly number[],
): Map<string, number> {
  const times = new Map<string, number>();
  for (const sample of samples) {
    if (answerOf(data, asked, sample) !== "missing") continue;
    const key = by.map((factor) => data.factors[factor].levels[sample.levels[factor]] ?? "not recorded").join("\n");
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return times;
}

/** What is counted, in words. */
export function sayAsked({ data, asked }: Reader): string {
  const who = asked.labeler === "" ? "" : ` by ${asked.labeler}`;
  if (asked.score !== -1) return `Score ${data.scores[asked.score]}${who}`;
  return `Outcome under ${data.standards[asked.standard].name}${who}`;
}
