/**
 * Limits on what one call may bring and how long that may take: an answer is some kilobytes, what is longer would fill
 * the memory, and one that never ends would hold a call for ever.
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

/** The server began a reply and did not end it in time. */
export class ReplyTooSlow extends Error {
  constructor(milliseconds: number) {
    super(`the reply did not end within ${milliseconds / 1000} s`);
  }
}

/**
 * Returns a `fetch` whose bodies fail as soon as they are too large or too slow; the rest is not fetched then. The client
 * has a time limit of its own, but none on the body that comes with an error.
 *
 * @param timeout milliseconds from a reply's beginning to its end
 */
export function limitedFetch(
  timeout: number,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.body === null || isFile(response.url)) return response;
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(limits(timeout)), { status, statusText, headers });
  };
}

function limits(timeout: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let size = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => clearTimeout(timer);
  return new TransformStream({
    start: (controller) => {
      timer = setTimeout(() => controller.error(new ReplyTooSlow(timeout)), timeout);
    },
    transform: (chunk, controller) => {
      size += chunk.length;
      if (size <= LARGEST_REPLY) return controller.enqueue(chunk);
      end();
      controller.error(new ReplyTooLarge());
    },
    flush: end,
    cancel: end,
  });
}

/** The results of a batch are many replies: each line of them is held to the limit where they are read. */
function isFile(url: string): boolean {
  return /\/files\/[^/]+\/content$/.test(new URL(url).pathname);
}
