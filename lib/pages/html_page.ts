/**
 * One page in one file, without a network: its data, its script and its style, and a policy that allows nothing else.
 *
 * Transcripts may be hostile. They are embedded as JSON in which nothing can end the element that holds it, and shown as
 * text. The policy allows the page's own script and style by hash, and no other script, no markup from text, no request.
 *
 * @module
 */
import { createHash } from "node:crypto";

/** What a page is made of. */
export interface PageParts {
  readonly title: string;
  readonly style: string;
  /** Markup of the project's own; what was read goes into it escaped, or not at all. */
  readonly body: string;
  /** What the page shows, as JSON. */
  readonly data: unknown;
  /** Modules whose exported functions run in the page, as text: they may use the browser and each other only. Without
   *  them nothing runs. */
  readonly modules?: readonly Readonly<Record<string, unknown>>[];
  /** The function that is called with the data. */
  readonly start?: string;
}

/** Returns the page as HTML; the same parts give the same bytes. */
export function htmlPage({ title, style, body, data, modules, start }: PageParts): string {
  const script = modules === undefined ? undefined : scriptOf(modules, start!);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor(script, style)}">
<meta name="viewport" content="width=device-width">
<title>${title.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</title>
<style>${style}</style>
</head>
<body>
${body}
<script type="application/json" id="data">${inScript(data)}</script>
${script === undefined ? "" : `<script>${script}</script>`}
</body>
</html>
`;
}

/**
 * JSON that can stand in a script element: no `<`, so that no text ends or opens anything, and no line end that a script
 * would take for one.
 */
export function inScript(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function scriptOf(modules: readonly Readonly<Record<string, unknown>>[], start: string): string {
  const functions = modules.flatMap((module) => Object.values(module)).filter((one) => typeof one === "function");
  return [
    '"use strict";',
    ...functions.map(String),
    `${start}(JSON.parse(document.getElementById("data").textContent));`,
  ]
    .join("\n") + "\n";
}

function policyFor(script: string | undefined, style: string): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `script-src ${script === undefined ? "'none'" : hash(script)}`,
    `style-src ${hash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}
