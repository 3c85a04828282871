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

/** The server began a reply and did not go on with it in time. */
export class ReplyTooSlow extends Error {
  constructor(milliseconds: number) {
    super(`the reply did not come within ${milliseconds / 1000} s`);
  }
}

/**
 * Returns a `fetch` whose bodies fail as soon as they are too large or too slow; the rest is not fetched then. The client
 * has a time limit of its own, but none on the body that comes with an error.
 *
 * @param timeout milliseconds from a reply's beginning to its end; of a file, from one part to the next
 */
export function limitedFetch(
  timeout: number,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const response = await fetch(input, init);
    const { body, status, statusText, headers } = response;
    if (body === null) return response;
    const limit = isFile(response.url) ? limits(timeout, Infinity, true) : limits(timeout, LARGEST_REPLY, false);
    return new Response(body.pipeThrough(limit), { status, statusText, headers });
  };
}

function limits(
  timeout: number,
  most: number,
  mayGoOn: boolean,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let size = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => clearTimeout(timer);
  const begin = (controller: TransformStreamDefaultController) => {
    timer = setTimeout(() => controller.error(new ReplyTooSlow(timeout)), timeout);
  };
  return new TransformStream({
    start: begin,
    transform: (chunk, controller) => {
      if (mayGoOn) {
        end();
        begin(controller);
      }
      size += chunk.length;
      if (size <= most) return controller.enqueue(chunk);
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
