/**
 * What samples say that they were sampled by.
 *
 * @module
 */
import project from "../../deno.json" with { type: "json" };

/** Name and version: `obey-or-refuse 1.2.3`. */
export const SOFTWARE: string = `${project.name.slice(1).split("/")[0]} ${project.version}`;
