/**
 * A figure as PNG or PDF, with the font that the project pins, so that it looks the same on a system without fonts.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { FONT_FILES } from "./fonts.ts";

/**
 * Returns the PNG of an SVG document.
 *
 * @param width in pixels; 85 mm at 300 dots an inch are 1004
 */
export async function toPng(svg: string, width: number): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const font = { fontFiles: [...FONT_FILES], loadSystemFonts: false, defaultFontFamily: "Source Sans 3" };
  return new Resvg(svg, { font, fitTo: { mode: "width", value: width } }).render().asPng();
}

/**
 * Returns the PDF of an SVG document: one page of the figure's own size, all lines as vectors, the font embedded. The same
 * figure gives the same bytes.
 *
 * @param width in millimetres; a column of a journal is about 85
 * @throws {SyntaxError} if the SVG does not say its width and height in pixels
 */
export async function toPdf(svg: string, width: number): Promise<Uint8Array> {
  const size = /<svg\b[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"/.exec(svg);
  if (size === null) throw new SyntaxError("Cannot make a PDF as the SVG does not say its width and height in pixels");
  const [{ default: Pdf }, { default: draw }] = await Promise.all([import("pdfkit"), import("svg-to-pdfkit")]);
  const across = width / 25.4 * 72; // points
  const down = across * Number(size[2]) / Number(size[1]);
  const title = /<title>([^<]*)<\/title>/.exec(svg)?.[1] ?? "";
  const info = { Title: title, CreationDate: new Date(0) };
  const document = new Pdf({ size: [across, down], margin: 0, info, font: FONT_FILES[0] });
  const [regular, bold] = await Promise.all(FONT_FILES.map((file) => readFile(file)));
  document.registerFont("regular", regular).registerFont("bold", bold);
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((done, fail) =>
    document.on("data", (chunk: Uint8Array) => chunks.push(chunk)).on("end", () => done()).on("error", fail)
  );
  document.scale(across / Number(size[1]));
  draw(document, svg, 0, 0, {
    assumePt: true,
    fontCallback: (_family: string, isBold: boolean) => isBold ? "bold" : "regular",
  });
  document.end();
  await ended;
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}
