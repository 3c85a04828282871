/**
 * The list of samples: only the rows in view are elements, so that ten thousand cost no more than thirty. It runs in the
 * browser, as text.
 *
 * @module
 */
import { element, place } from "../../element.ts";
import { answerOf, isDisputed } from "../client/question.ts";
import type { Actions, Reader } from "../client/state.ts";

/** Shows the rows that are in view. */
export function showList(reader: Reader, actions: Actions): void {
  const height = 48; // of a row, as in the style
  const { data, asked, list } = reader;
  const box = place("scroller");
  const first = Math.max(0, Math.floor(box.scrollTop / height) - 8);
  const last = Math.min(list.length, Math.ceil((box.scrollTop + box.clientHeight) / height) + 8);
  const telling = data.factors.flatMap(({ isCondition, levels }, at) => isCondition && levels.length > 1 ? [at] : []);
  const rows = list.slice(first, last).map((index, row) => {
    const sample = data.samples[index];
    const answer = answerOf(data, asked, sample);
    const levels = telling.map((at) => data.factors[at].levels[sample.levels[at]]).filter((level) =>
      level !== undefined
    );
    const isOpen = index === reader.sample && reader.view !== "counts";
    return element("li", {
      class: isOpen ? "open" : "",
      click: () => actions.open(index),
      with: {
        id: `row-${index}`,
        role: "option",
        "aria-selected": String(isOpen),
        "aria-posinset": String(first + row + 1),
        "aria-setsize": String(list.length),
      },
    }, [
      element("span", { class: "id", text: endOf(sample.id), with: { title: sample.id } }),
      element("span", { class: "levels", text: levels.join(" · ") }),
      ...isDisputed(data, asked, sample) ? [element("span", { class: "disputed", text: "disagree" })] : [],
      element("span", { class: `answer is-${answer.replaceAll(/\W/g, "-")}`, text: answer }),
    ]);
  });
  const ul = place("list");
  ul.style.paddingTop = `${first * height}px`;
  ul.style.paddingBottom = `${(list.length - last) * height}px`;
  ul.replaceChildren(...rows);
  const isInView = list.slice(first, last).includes(reader.sample);
  if (isInView) ul.setAttribute("aria-activedescendant", `row-${reader.sample}`);
  else ul.removeAttribute("aria-activedescendant");
  place("number").textContent = list.length === data.samples.length
    ? `${list.length} samples`
    : `${list.length} of ${data.samples.length} samples`;
}

/** Scrolls the list so that the sample that is open is in view. */
export function scrollToOpen(reader: Reader): void {
  const height = 48;
  const at = reader.list.indexOf(reader.sample);
  const box = place("scroller");
  if (at === -1) return;
  if (at * height < box.scrollTop) box.scrollTop = at * height;
  if ((at + 1) * height > box.scrollTop + box.clientHeight) box.scrollTop = (at + 1) * height - box.clientHeight;
}

/** The end of a long id: ids that begin alike differ there. */
export function endOf(id: string): string {
  const letters = [...id.slice(-200)];
  return letters.length <= 34 ? id : `…${letters.slice(-33).join("")}`;
}
