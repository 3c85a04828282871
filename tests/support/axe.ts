/** What axe-core finds wrong with a page for people who do not use a mouse, a large screen or colours. */
import axe from "axe-core";
import type { Browser } from "./browser.ts";

/** Each violation with the first element that has it; none is an empty list. */
export async function violations(browser: Browser): Promise<string[]> {
  await browser.value(`${axe.source}; undefined`);
  return await browser.value(
    `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ": " + nodes.length + " times, as " + nodes[0].html.slice(0, 200) + " " +
        nodes[0].failureSummary.slice(0, 300)))`,
  ) as string[];
}
