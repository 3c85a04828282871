/**
 * The text of a plot as outlines of the shipped font, so that a browser shows what the PNG shows, whatever fonts it has.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { visible } from "../../words/visible.ts";
import { FONT_FILES } from "./fonts.ts";

/** What of fontkit is used here. */
interface Font {
  readonly unitsPerEm: number;
  layout(text: string, features: Readonly<Record<string, boolean>>): {
    readonly advanceWidth: number;
    readonly glyphs: readonly { readonly id: number; readonly path: { toSVG(): string } }[];
    readonly positions: readonly { readonly xAdvance: number; readonly xOffset: number }[];
  };
}

let loaded: Promise<readonly Font[]> | undefined;

/** Read on first use only. */
function fonts(): Promise<readonly Font[]> {
  loaded ??= (async () => {
    const { create } = await import("fontkit");
    return await Promise.all(FONT_FILES.map(async (file) => create(await readFile(file)) as unknown as Font));
  })();
  return loaded;
}

/**
 * Returns a plot as an SVG document without text: each letter is drawn once in its definitions and used where it stands.
 * Where text stands and how large it is comes from its own attributes and those above it, as Observable Plot writes them.
 */
export async function outlined(plot: Element): Promise<string> {
  const letters = new Map<string, string>();
  const [regular, bold] = await fonts();
  const pieces = [...plot.querySelectorAll("text")].map((text) => {
    const isBold = Number(inherited(text, "font-weight") ?? 400) >= 600;
    return outline(text, isBold ? bold : regular, isBold ? "b" : "r", letters);
  });
  let next = 0;
  const drawn = plot.outerHTML
    .replace(/<title>[^<]*<\/title>/g, "")
    .replace(/<style>[^<]*<\/style>/g, "")
    .replace(/font-family:[^;"]*;| font-family="[^"]*"/g, "")
    .replace(/<text\b[^>]*>[\s\S]*?<\/text>/g, () => pieces[next++]);
  const defined = [...letters].map(([id, path]) => `<path id="${id}" d="${path}"/>`).join("");
  return drawn.replace(/<svg\b/, '<svg xmlns="http://www.w3.org/2000/svg"').replace(/>/, `><defs>${defined}</defs>`);
}

function outline(text: Element, font: Font, weight: string, letters: Map<string, string>): string {
  const size = Number.parseFloat(inherited(text, "font-size") ?? "10");
  const scale = size / font.unitsPerEm;
  const anchor = { middle: 0.5, end: 1 }[inherited(text, "text-anchor") ?? "start"] ?? 0;
  const features = { tnum: inherited(text, "font-variant") === "tabular-nums" };
  const spans = text.querySelectorAll("tspan");
  const lines = (spans.length > 0 ? [...spans] : [text]).map((line) => {
    const { glyphs, positions, advanceWidth } = font.layout(visible(line.textContent ?? ""), features);
    const place = (name: string) => pixels(line.getAttribute(name) ?? text.getAttribute(name), size);
    let across = 0;
    const used = glyphs.map(({ id, path }, index) => {
      const name = `${weight}${id}`;
      if (!letters.has(name)) letters.set(name, path.toSVG());
      const x = across + positions[index].xOffset;
      across += positions[index].xAdvance;
      return letters.get(name) === "" ? "" : `<use href="#${name}" x="${x}"/>`; // a space has no outline
    });
    const x = round(place("x") + place("dx") - anchor * advanceWidth * scale);
    const flipped = `translate(${x},${round(place("y") + place("dy"))}) scale(${round(scale)},${round(-scale)})`;
    return `<g transform="${flipped}">${used.join("")}</g>`;
  });
  const kept = ["transform", "fill", "stroke", "opacity"].flatMap((name) =>
    text.hasAttribute(name) ? [` ${name}="${text.getAttribute(name)}"`] : []
  );
  return `<g${kept.join("")}>${lines.join("")}</g>`;
}

/** The value of an attribute on an element or the nearest one around it. */
function inherited(element: Element, name: string): string | null {
  return element.closest(`[${name}]`)?.getAttribute(name) ?? null;
}

/** A length in pixels; `em` is a multiple of the letters' size. */
function pixels(length: string | null, size: number): number {
  const number = Number.parseFloat(length ?? "0");
  return length?.endsWith("em") ? number * size : number;
}

function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
