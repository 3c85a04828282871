/**
 * What samples say that they were sampled by.
 *
 * @module
 */

/** Name and version; a test holds it to that of the project. */
export const SOFTWARE = "obey-or-refuse 0.2.0";
