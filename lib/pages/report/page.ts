/**
 * The report: one page, from disk and offline, with the answer, what it rests on, and how it was made. Nothing runs in it.
 *
 * @module
 */
import type { Rate } from "../../rates/counting/rates.ts";
import { escapeHtml } from "../../words/html.ts";
import { sayAgreement, sayContrast, sayInterval, sayP, sayRate } from "../../words/say.ts";
import { contrastsTable, ratesTable } from "../../words/rates_table.ts";
import { percent, points } from "../../words/percent.ts";
import { htmlPage } from "../html_page.ts";
import { intervalFigure } from "./interval_figure.ts";
import { list, paragraph, tableOf } from "./markup.ts";
import { methodsOf } from "./methods.ts";
import type { ReportSource } from "./source.ts";
import { REPORT_STYLE } from "./style.ts";

/** Writes the report. The same numbers give the same bytes. */
export function writeReport(source: ReportSource): string {
  return htmlPage({
    title: `Report: ${source.title}`,
    style: REPORT_STYLE,
    body: `<main>\n${partsOf(source).join("\n")}\n</main>`,
    data: { rows: source.rows.map(({ clustered: _, ...row }) => row) },
  });
}

function partsOf(source: ReportSource): string[] {
  const { title, question, answer, notes, beside } = source;
  return [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="asked">${escapeHtml(question)}</p>`,
    `<p class="answer">${escapeHtml(answer)}</p>`,
    list(notes),
    ...ratesOf(source),
    ...contrastsOf(source),
    ...standardsOf(source),
    ...agreementOf(source),
    ...readOf(source),
    ...methodsPart(source),
    ...beside.length === 0 ? [] : [
      "<h2>Files beside this page</h2>",
      `<ul>${
        beside.map(({ file, what }) =>
          `<li><a href="${escapeHtml(encodeURI(file))}">${escapeHtml(file)}</a>: ${escapeHtml(what)}</li>`
        ).join("")
      }</ul>`,
    ],
  ];
}

function ratesOf(source: ReportSource): string[] {
  const { rows, factor, levels, by, linkOf } = source;
  const shown = rows.filter(({ outcome }) => outcome === rows[0].outcome);
  const figure = intervalFigure({
    label: `${rows[0].outcome} by ${factor}`,
    ...{ factor, series: levels, axis: `${rows[0].outcome}: share of samples`, domain: [0, 1] },
    ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: percent(at) })),
    marks: shown.map((row) => ({
      item: itemOf(row.group, by),
      series: levels.indexOf(row.group[factor]),
      ...{ value: row.rate, lower: row.lower, upper: row.upper },
      ...row.missing === 0 ? {} : { bounds: row.bounds },
      said: `${itemOf(row.group, by)}, ${factor} = ${row.group[factor]}: ${sayRate(row)}`,
      href: linkOf(row),
    })),
  });
  return [
    "<h2>Rates</h2>",
    figure,
    tableOf(ratesTable(rows), "rates", (at, heading) => linkedCell(rows[at], heading, linkOf)),
  ];
}

/** Count and missing lead to their samples. */
function linkedCell(row: Rate, heading: string, linkOf: ReportSource["linkOf"]): string | undefined {
  const linked = (number: number, answer?: "yes" | "missing", what?: string) => {
    const href = number === 0 ? undefined : linkOf(row, answer);
    return href === undefined ? String(number) : `<a href="${escapeHtml(href)}" title="${what}">${number}</a>`;
  };
  if (heading === "count") {
    return `${linked(row.count, "yes", "the samples that are counted")}/${
      linked(row.scored, undefined, "all samples of this row")
    }`;
  }
  return heading === "missing" ? linked(row.missing, "missing", "the samples without a verdict") : undefined;
}

function contrastsOf({ contrasts, together, levels, factor, by }: ReportSource): string[] {
  if (contrasts.length === 0) return [];
  const figure = intervalFigure({
    label: `difference between ${levels[0]} and ${levels[1]}`,
    ...{ factor: "", series: ["difference"], axis: `${levels[0]} minus ${levels[1]}, points`, domain: [-1, 1] },
    ticks: [-1, -0.5, 0, 0.5, 1].map((at) => ({ at, text: points(at) })),
    marks: contrasts.map(({ contrast, pValue }) => ({
      item: itemOf(contrast.group, by),
      series: 0,
      ...{ value: contrast.difference, lower: contrast.lower, upper: contrast.upper },
      ...(contrast.first?.missing ?? 0) + (contrast.second?.missing ?? 0) === 0
        ? {}
        : { bounds: [contrast.bounds.lower, contrast.bounds.upper] as const },
      said: `${itemOf(contrast.group, by)}: ${sayContrast(contrast)}, ${sayP(pValue)}`,
    })),
  });
  const all = together === undefined ? [] : [
    `All together: ${sayInterval(together.difference)} over ${together.over}, ${sayP(together.test?.pValue ?? null)}.`,
  ];
  return [
    `<h2>Differences by ${escapeHtml(factor)}</h2>`,
    figure,
    tableOf(contrastsTable(contrasts), "differences"),
    ...all.map(paragraph),
  ];
}

function standardsOf({ outcomes, standards, levels }: ReportSource): string[] {
  if (standards.length === 0) return [];
  const columns = [{ heading: "standard" }, ...levels.map((heading) => ({ heading, isNumber: true })), {
    heading: "finding",
  }];
  const rows = standards.map(({ policy, rates, finding }) => [
    policy.replaceAll("_", " "),
    ...rates.map(({ count, scored }) => `${count}/${scored}`),
    finding,
  ]);
  return [
    "<h2>Outcomes</h2>",
    tableOf(ratesTable(outcomes), "outcomes"),
    "<h2>By another standard</h2>",
    paragraph("The same coded acts, judged by each written standard: how far the answer hangs on the standard."),
    tableOf({ columns, rows, notes: [] }, "standards"),
  ];
}

function agreementOf({ agreement }: ReportSource): string[] {
  return agreement.length === 0 ? [] : ["<h2>Agreement of the labelers</h2>", list(agreement.map(sayAgreement))];
}

function readOf({ datasets, rows, problems }: ReportSource): string[] {
  const columns = [
    "data set",
    "format",
    "files",
    "samples",
    "counts",
    "rejected",
    "repeated",
    "passed over",
    "excluded",
  ]
    .map((heading, at) => ({ heading, isNumber: at > 1 }));
  const table = datasets.map(({ name, format, report, card }) => [
    name,
    format,
    ...[
      report.files,
      report.samples,
      report.cells,
      report.rejected.length,
      report.duplicated.length + report.repeats.length,
      report.passedOver.length,
      (card?.excluded ?? []).reduce((sum, { count }) => sum + count, 0),
    ].map(String),
  ]);
  const missing = rows.filter(({ outcome }) => outcome === rows[0].outcome).reduce((sum, row) => sum + row.missing, 0);
  const files = datasets.flatMap(({ files }) => files);
  return [
    "<h2>What was read</h2>",
    tableOf({ columns, rows: table, notes: [] }, "read"),
    paragraph(`${missing} samples of the rates have no usable verdict.`),
    ...problems.length === 0 ? [] : [
      `<details open><summary>${problems.length} lines on what could not be used</summary>${
        list(problems.slice(0, MOST_LINES))
      }${
        problems.length > MOST_LINES
          ? paragraph(`and ${problems.length - MOST_LINES} more: deno task load names them.`)
          : ""
      }</details>`,
    ],
    tableOf({
      columns: [{ heading: "file" }, { heading: "sha256" }],
      rows: files.map(({ path, sha256 }) => [path, sha256 || "not hashed"]),
      notes: [],
    }, "files"),
  ];
}

/** So many lines of problems stand on the page. */
const MOST_LINES = 100;

function methodsPart(source: ReportSource): string[] {
  const { text, cited } = methodsOf(source);
  return [
    "<h2>Methods</h2>",
    `<p id="methods">${escapeHtml(text)}</p>`,
    `<ul>${
      cited.map(({ as, at }) => `<li>${escapeHtml(as)}: <a href="${escapeHtml(at)}">${escapeHtml(at)}</a></li>`).join(
        "",
      )
    }</ul>`,
    `<h2>Made by</h2><pre>${escapeHtml(source.command)}</pre>`,
    paragraph(`obey-or-refuse ${source.version}. The same command on the same data makes the same page, byte by byte.`),
  ];
}

function itemOf(group: Readonly<Record<string, string>>, by: readonly string[]): string {
  return by.map((field) => group[field]).join(", ") || "all samples";
}
