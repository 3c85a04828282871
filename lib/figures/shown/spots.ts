/**
 * Where the marks of a plot stand that say something when they are pointed at.
 *
 * @module
 */

/** A mark with what it says, and its place as shares of the plot's width and height. */
export interface Spot {
  readonly says: string;
  readonly across: number;
  readonly down: number;
}

/** Returns the place of every mark that has a title: circles by their centre, symbols by where they were moved to. */
export function spots(plot: Element): Spot[] {
  const [width, height] = ["width", "height"].map((name) => Number(plot.getAttribute(name)));
  return [...plot.querySelectorAll("title")].map((title) => {
    const mark = title.parentElement!;
    let [x, y] = ["cx", "cy"].map((name) => Number(mark.getAttribute(name) ?? 0));
    for (let at: Element | null = mark; at !== null && at !== plot; at = at.parentElement) {
      const moved = /translate\(([-\d.e]+)(?:[ ,]+([-\d.e]+))?\)/.exec(at.getAttribute("transform") ?? "");
      x += Number(moved?.[1] ?? 0);
      y += Number(moved?.[2] ?? 0);
    }
    return { says: title.textContent ?? "", across: x / width, down: y / height };
  });
}
