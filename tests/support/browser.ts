/** A real browser for tests, driven over its own protocol; absent on some machines, and the tests then say so. */

import { canRun } from "./tools.ts";

const CHROMIUM = "chromium";
const THERE = await canRun(CHROMIUM);

/** A test in a browser: ignored, and listed as such, where there is none or it may not be run. */
export function browserTest(name: string, run: (browser: Browser) => Promise<void>): void {
  Deno.test({
    name: `in a browser: ${name}`,
    ignore: !THERE,
    fn: async () => {
      await using browser = await startBrowser();
      await run(browser);
    },
  });
}

/** What a page did that a test may want to know of. */
export interface PageEvents {
  /** Methods of the protocol, with their parameters: dialogs, requests, console, exceptions, log. */
  readonly seen: { readonly method: string; readonly params: Record<string, unknown> }[];
}

export interface Browser extends AsyncDisposable {
  /** Opens a file or address and waits until it is loaded; events from then on are those of this page. */
  readonly open: (place: string) => Promise<PageEvents>;
  /** Presses keys one after the other: `a`, `Enter`, `Shift+3`, `ArrowRight`. */
  readonly press: (...keys: string[]) => Promise<void>;
  /** Types text into what has the focus. */
  readonly type: (text: string) => Promise<void>;
  /** The value of an expression in the page. */
  readonly value: (expression: string) => Promise<unknown>;
  /** Moves the pointer to the middle of the first element of a selector. */
  readonly hover: (selector: string) => Promise<void>;
  /** Waits until an expression is true, 5 s at most unless more is given. */
  readonly until: (expression: string, seconds?: number) => Promise<void>;
  readonly screenshot: (width: number, height: number) => Promise<Uint8Array>;
  /** Whether the reader of the page likes it light or dark. */
  readonly colors: (scheme: "light" | "dark") => Promise<void>;
  /** Waits for a file in the downloads, 5 s at most. */
  readonly download: (name: string) => Promise<string>;
}

/** Starts a browser with a profile of its own; it ends with its scope. */
export async function startBrowser(): Promise<Browser> {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/downloads`);
  const child = new Deno.Command(CHROMIUM, {
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--remote-debugging-port=0",
      `--user-data-dir=${folder}`,
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const port = await waited(async () => {
    const lines = (await Deno.readTextFile(`${folder}/DevToolsActivePort`)).split("\n");
    return lines[1] ? lines : undefined; // the browser may still be writing
  });
  const socket = new WebSocket(`ws://127.0.0.1:${port[0]}${port[1]}`);
  await new Promise((done, fail) => Object.assign(socket, { onopen: done, onerror: fail }));
  const answers = new Map<
    number,
    (answer: { result?: Record<string, unknown>; error?: { message: string } }) => void
  >();
  let events: PageEvents = { seen: [] };
  const session: { id?: string } = {};
  let last = 0;
  socket.onmessage = ({ data }) => {
    const { id, method, params, ...answer } = JSON.parse(data);
    if (id !== undefined) answers.get(id)?.(answer);
    else events.seen.push({ method, params });
    if (method === "Page.javascriptDialogOpening") void send("Page.handleJavaScriptDialog", { accept: true });
  };
  function send(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const id = ++last;
    socket.send(JSON.stringify({ id, method, params, sessionId: session.id }));
    return new Promise((done, fail) =>
      answers.set(id, ({ result, error }) => error ? fail(new Error(`${method}: ${error.message}`)) : done(result!))
    );
  }
  const value = async (expression: string) => {
    const asked = { expression, returnByValue: true, awaitPromise: true, allowUnsafeEvalBlockedByCSP: false };
    const { result, exceptionDetails } = await send("Runtime.evaluate", asked);
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value: unknown }).value;
  };
  const until = (expression: string, seconds = 5) =>
    waited(async () => await value(expression) === true || undefined, seconds).then(() => {});
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  session.id = (await send("Target.attachToTarget", { targetId, flatten: true })).sessionId as string;
  for (const domain of ["Page", "Runtime", "Network", "Log"]) await send(`${domain}.enable`);
  await send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: `${folder}/downloads` });
  return {
    open: async (place) => {
      events = { seen: [] };
      const own = events;
      await send("Page.navigate", { url: place.startsWith("http://") ? place : `file://${place}` });
      await waited(
        () => Promise.resolve(own.seen.some(({ method }) => method === "Page.loadEventFired") || undefined),
        30,
      );
      return own;
    },
    press: async (...keys) => {
      for (const key of keys.map(keyOf)) {
        await send("Input.dispatchKeyEvent", { type: "keyDown", ...key });
        await send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
      }
    },
    hover: async (selector) => {
      const middle = `(({ x, y, width, height }) => [x + width / 2, y + height / 2])(document.querySelector(${
        JSON.stringify(selector)
      }).getBoundingClientRect())`;
      const [x, y] = await value(middle) as number[];
      await send("Input.dispatchMouseEvent", { type: "mouseMoved", x, y });
    },
    type: async (text) => void await send("Input.insertText", { text }),
    value,
    until,
    screenshot: async (width, height) => {
      await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
      const { data } = await send("Page.captureScreenshot", { format: "png" });
      return Uint8Array.fromBase64(data as string);
    },
    colors: async (value) =>
      void await send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] }),
    download: (name) => waited(() => Deno.readTextFile(`${folder}/downloads/${name}`)),
    [Symbol.asyncDispose]: async () => {
      socket.close();
      child.kill("SIGKILL");
      await child.status;
      await waited(() => Deno.remove(folder, { recursive: true }).then(() => true)); // its children still write
    },
  };
}

/** A key as the protocol has it. */
function keyOf(name: string): Record<string, unknown> {
  const isShifted = name.startsWith("Shift+");
  const key = isShifted ? name.slice("Shift+".length) : name;
  const code = key === "Space"
    ? "Space"
    : /^\d$/.test(key)
    ? `Digit${key}`
    : /^[a-z]$/i.test(key)
    ? `Key${key.toUpperCase()}`
    : key;
  const text = key.length === 1 ? { text: isShifted ? key.toUpperCase() : key } : {};
  return { key: isShifted ? key.toUpperCase() : key, code, modifiers: isShifted ? 8 : 0, ...text };
}

async function waited<T>(ask: () => Promise<T | undefined>, seconds = 5): Promise<T> {
  const end = performance.now() + 1000 * seconds;
  while (true) {
    try {
      const found = await ask();
      if (found !== undefined && found !== "") return found;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    if (performance.now() > end) throw new Error(`waited ${seconds} s in vain`);
    await new Promise((done) => setTimeout(done, 30));
  }
}
