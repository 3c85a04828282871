/**
 * The font of every picture that is made outside a browser, so that it looks the same on a system without fonts.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
// Imported so that the package is on disk; the fonts lie beside its package.json.
import "@expo-google-fonts/source-sans-3/package.json" with { type: "json" };

/** The files of its two weights: regular, and the one of titles and headings. */
export const FONT_FILES: readonly string[] = ["400Regular", "600SemiBold"].map((weight) =>
  fileURLToPath(new URL(import.meta.resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`)))
);
