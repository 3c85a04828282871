/**
 * A figure as HTML: as wide as the place it stands in, every mark answering to the pointer and to the keyboard.
 *
 * The plot is an image, so that a viewer that trusts no HTML still shows it with its words; the marks lie above it, and
 * what they say is shown by style alone, without a script.
 *
 * @module
 */
import { escapeHtml } from "../../words/html.ts";
import { visibleXml } from "../../words/visible.ts";
import { outlined } from "./outlines.ts";
import { type Spot, spots } from "./spots.ts";

/** A word in the colour that stands for it, for figures whose series cannot be labelled beside the data. */
export interface KeyWord {
  readonly word: string;
  readonly color: string;
}

const STYLE = `.oor-figure{margin:0;max-width:860px}.oor-figure p{margin:4px 0}
.oor-figure .oor-plot{position:relative;background:#fff}.oor-figure img{display:block;width:100%}
.oor-figure .oor-key{background:#fff;margin:0;padding:2px 6px}.oor-figure .oor-key b{margin-right:1em}
.oor-figure .oor-note{font-size:85%;line-height:1.35;opacity:.85}
.oor-figure .oor-spot{position:absolute;width:14px;height:14px;margin:-7px;border-radius:50%}
.oor-figure .oor-spot:hover,.oor-figure .oor-spot:focus{outline:2px solid #0072b2;z-index:2}
.oor-figure .oor-spot:is(:hover,:focus)::after{content:attr(aria-label);position:absolute;bottom:18px;left:-8px;
width:max-content;max-width:300px;padding:4px 7px;border-radius:3px;background:#222;color:#fff;font-size:12px;line-height:1.35}
.oor-figure .oor-end::after{left:auto!important;right:-8px}.oor-figure .oor-top::after{bottom:auto!important;top:18px}`
  .replaceAll("\n", "");

/** Returns a figure with its title above and its caption below, as one piece of HTML that needs nothing else. */
export async function figureHtml(
  { title, caption }: { readonly title: string; readonly caption: string },
  plot: Element,
  key: readonly KeyWord[],
): Promise<string> {
  const image = `data:image/svg+xml,${urlText(await outlined(plot))}`;
  const words = key.map(({ word, color }) => `<b style="color:${color}">${escapeHtml(word)}</b>`).join(" ");
  return visibleXml([
    '<figure class="oor-figure">',
    `<style>${STYLE}</style>`,
    `<p><strong>${escapeHtml(title)}</strong></p>`,
    ...(key.length > 0 ? [`<p class="oor-key">${words}</p>`] : []),
    `<div class="oor-plot"><img src="${image}" alt="${escapeHtml(`${title}. ${caption}`)}">`,
    ...spots(plot).map(spotHtml),
    "</div>",
    `<figcaption class="oor-note">${escapeHtml(caption)}</figcaption>`,
    "</figure>",
  ].join("\n"));
}

/** An SVG document as it may stand in a quoted URL: shorter than base64, and readable. */
function urlText(svg: string): string {
  return svg.replaceAll('"', "'").replace(/[%#<>\n]/g, (sign) => encodeURIComponent(sign));
}

function spotHtml({ says, across, down }: Spot): string {
  const sides = `${across > 0.5 ? " oor-end" : ""}${down < 0.3 ? " oor-top" : ""}`;
  const place = `left:${(100 * across).toFixed(2)}%;top:${(100 * down).toFixed(2)}%`;
  const label = escapeHtml(says);
  return `<span class="oor-spot${sides}" tabindex="0" role="img" aria-label="${label}" style="${place}"></span>`;
}
