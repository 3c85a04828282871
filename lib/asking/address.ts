/**
 * Where a model is asked. Apart from the client, so that this can be known without loading it.
 *
 * @module
 */

/** Where a model is asked if nobody says otherwise. */
export const DEFAULT_BASE_URL = "https://api.openai.com/v1";
