/**
 * What each standard says of a sample, and the rule by which it does. It runs in the browser, as text.
 *
 * @module
 */
import { element } from "../../element.ts";
import type { Finding, ReaderData, ReaderSample, ReaderStandard } from "../client/data.ts";
import { type Asked, findingFor, sayFinding } from "../client/question.ts";

/** Every standard: the one that is asked first, then those that say otherwise, then those that agree. */
export function standardsOf(data: ReaderData, asked: Asked, sample: ReaderSample): HTMLElement[] {
  if (data.labelers.length === 0) {
    return [element("p", { class: "none", text: "No acts are coded, so no standard can say anything." })];
  }
  const findings = data.standards.map((_, at) => findingFor(data, asked, sample, at));
  const chosen = sayFinding(findings[asked.standard]);
  const rank = (at: number) => at === asked.standard ? 0 : sayFinding(findings[at]) === chosen ? 2 : 1;
  const order = findings.map((_, at) => at).sort((a, b) => rank(a) - rank(b) || a - b);
  return order.map((at) => standardView(data.standards[at], findings[at], at === asked.standard, rank(at) === 1));
}

/** One standard; open where it is the one that is asked. */
export function standardView(
  { name, title, text, rules }: ReaderStandard,
  finding: Finding,
  isAsked: boolean,
  isOther: boolean,
): HTMLElement {
  const rule = finding.rule === undefined ? undefined : rules[finding.rule === 0 ? rules.length - 1 : finding.rule - 1];
  const answer = sayFinding(finding);
  const fired = rule === undefined || finding.outcome === undefined ? [] : [
    element("p", {
      text: finding.rule === 0 ? `No rule fires → ${rule.then}` : `Rule ${finding.rule}: ${rule.when} → ${rule.then}`,
    }),
    ...finding.act === undefined ? [] : [element("p", { text: `It fires on: ${finding.act.replaceAll("_", " ")}` })],
  ];
  const held = rule !== undefined && finding.outcome === undefined
    ? [element("p", { text: `Rule ${finding.rule}: ${rule.when}` })]
    : [];
  return element("details", { class: "standard", with: { open: isAsked ? "" : undefined } }, [
    element("summary", {}, [
      element("span", { text: name.replaceAll("_", " ") }),
      element("span", { class: `answer is-${answer.replaceAll(/\W/g, "-")}`, text: answer }),
      ...isOther ? [element("span", { class: "otherwise", text: "says otherwise" })] : [],
    ]),
    ...fired,
    ...held,
    element("p", { text: `Because: ${finding.because}.` }),
    element("details", { class: "whole" }, [
      element("summary", { text: "the whole standard" }),
      element("p", { text: `${title}. ${text}` }),
      element(
        "ol",
        {},
        rules.map(({ when, then }, at) =>
          element("li", {
            class: at + 1 === finding.rule || (finding.rule === 0 && at === rules.length - 1) ? "fired" : "",
            text: `${when} → ${then}`,
          })
        ),
      ),
    ]),
  ]);
}

/** What the model faced, as the standards take it. */
export function situationView(data: ReaderData, { situation }: ReaderSample): HTMLElement[] {
  if (situation === undefined) {
    return [element("p", { class: "none", text: "No situation is written for it: judged by what was coded alone." })];
  }
  const { title, text, sayings } = data.situations[situation];
  return [
    element("details", { class: "whole" }, [
      element("summary", { text: title }),
      element("p", { text }),
      element("ul", {}, sayings.map((saying) => element("li", { text: saying }))),
    ]),
  ];
}
