/**
 * A limit on what one call may bring: an answer is some kilobytes, and what is longer would fill the memory.
 *
 * @module
 */

/** Bytes after decompression: a few kilobytes of gzip can hold gigabytes. */
export const LARGEST_REPLY = 1 << 20;

/** The server sent more than a reply can be. */
export class ReplyTooLarge extends Error {
  constructor() {
    super(`the reply is larger than ${LARGEST_REPLY >> 20} MiB`);
  }
}

/** Fetches; reading the body fails as soon as it is too large, and the rest is not fetched. */
export async function fetchLimited(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  if (response.body === null || isFile(response.url)) return response;
  let size = 0;
  const limit = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (chunk, controller) => {
      size += chunk.length;
      if (size > LARGEST_REPLY) controller.error(new ReplyTooLarge());
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(limit), { status, statusText, headers });
}

/** The results of a batch are many replies: each line of them is held to the limit where they are read. */
function isFile(url: string): boolean {
  return /\/files\/[^/]+\/content$/.test(new URL(url).pathname);
}
