/** Hostile input: whatever comes ends as samples or named rejects, soon, in bounded memory, and with nothing lost. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { HOSTILE, hostileInputs } from "./corpus.ts";
import type { HostileInput } from "./input.ts";
import type { HostileResult } from "./scan.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** The most work that one input may take, and the most memory that all may need, in milliseconds and MiB. */
const LONGEST = 10_000;
const MOST_MEMORY = 1024;

const account = { inputs: 0, peak: 0, ms: 0, longest: "" };

for (const [kind, inputsOf] of Object.entries(HOSTILE)) {
  Deno.test(`no hostile ${kind} crash, hang, take too much memory, or are lost without a word`, async () => {
    await using scanner = new Scanner();
    const wrong: string[] = [];
    let peak = 0;
    for (const input of inputsOf()) {
      await inFolder(input, async (path) => {
        const result = await scanner.scan(path);
        const told = { ...result, peak: result.peak > peak ? result.peak : 0 }; // it never sinks: told of the one that raised it
        wrong.push(...whatIsWrong(input, told).map((what) => `${input.name}: ${what}`));
        peak = Math.max(peak, result.peak);
        account.inputs++;
        if (result.ms > account.ms) Object.assign(account, { ms: result.ms, longest: input.name });
      });
    }
    account.peak = Math.max(account.peak, peak);
    assert.deepEqual(wrong, []);
  });
}

Deno.test("hostile inputs are many, and each has a name of its own", () => {
  const { inputs, peak, ms, longest } = account;
  console.log(`${inputs} hostile inputs: at most ${peak} MiB of memory, at most ${ms} ms of work (${longest})`);
  const names = hostileInputs().map(({ name }) => name);
  assert(names.length >= 1000, `only ${names.length} inputs`);
  assert.equal(new Set(names).size, names.length);
});

Deno.test("the command says what came of hostile input, and never with a stack", async () => {
  const inputs = hostileInputs();
  const step = Math.ceil(inputs.length / 20);
  const chosen = inputs.filter((_, index) => index % step === step >> 1);
  await Promise.all([0, 1].map(async (half) => {
    for (const input of chosen.filter((_, index) => index % 2 === half)) {
      await inFolder(input, async (path) => {
        const { code, stdout, stderr } = await new Deno.Command("deno", {
          args: ["task", "--quiet", "load", "--json", "--", path],
          cwd: ROOT,
          stdin: "null",
          env: { NO_COLOR: "1", INIT_CWD: ROOT },
          signal: AbortSignal.timeout(6 * LONGEST),
        }).output();
        const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
        assert([0, 1].includes(code) && err === "", `${input.name}: status ${code}, ${err}`);
        assert(Array.isArray(JSON.parse(out).datasets), input.name);
      });
    }
  }));
});

function whatIsWrong(input: HostileInput, result: HostileResult): string[] {
  const { thrown, ms, samples, entries, passedOver, silent, unnamed, isPolluted, peak, reasons } = result;
  const told = reasons.join(" | ");
  return [
    thrown === undefined ? [] : [`threw ${thrown}`],
    ms <= LONGEST ? [] : [`took ${ms} ms`],
    peak <= MOST_MEMORY ? [] : [`the peak of memory is ${peak} MiB`],
    silent.length === 0 ? [] : [`not a word of ${silent.slice(0, 3).join(", ")}`],
    unnamed === 0 ? [] : [`${unnamed} rejects without place or reason`],
    isPolluted ? ["changed what all objects have"] : [],
    entries + passedOver > 0 || input.entries === 0 ? [] : ["nothing came out"],
    [undefined, entries].includes(input.entries) ? [] : [`${input.entries} went in, ${entries} came out: ${told}`],
    [undefined, samples].includes(input.samples) ? [] : [`${input.samples} are good, ${samples} were found: ${told}`],
  ].flat();
}

/** Writes an input into a new folder, which is removed afterwards. */
async function inFolder(input: HostileInput, use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(await input.write(folder) ?? folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A process that may read and not write; a new one after one that had to be ended. */
class Scanner {
  #process = start();
  #out = linesOf(this.#process.stdout);
  #in = this.#process.stdin.getWriter();

  async scan(path: string): Promise<HostileResult> {
    await this.#in.write(new TextEncoder().encode(`${JSON.stringify(path)}\n`));
    let timer: number | undefined;
    const isLate = new Promise<undefined>((done) => timer = setTimeout(done, 6 * LONGEST));
    const next = await Promise.race([this.#out.next(), isLate]);
    clearTimeout(timer);
    if (next?.value !== undefined) return JSON.parse(next.value);
    await this[Symbol.asyncDispose]();
    this.#process = start();
    this.#out = linesOf(this.#process.stdout);
    this.#in = this.#process.stdin.getWriter();
    const thrown = next === undefined ? "nothing: it hangs" : "the whole process down";
    return { ...NOTHING, thrown };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#in.abort().catch(() => {});
    try {
      this.#process.kill("SIGTERM");
    } catch { // it has ended by itself
    }
    await this.#process.status;
    await this.#out.return(undefined).catch(() => {});
  }
}

const NOTHING: HostileResult = {
  ms: 0,
  samples: 0,
  entries: 0,
  passedOver: 1,
  silent: [],
  unnamed: 0,
  reasons: [],
  isPolluted: false,
  peak: 0,
};

function start() {
  const args = [
    ...["run", "--quiet", "--no-prompt", "--no-check", "--allow-run=deno", "tests/reading/hostile/apart.ts"],
    "run",
    "--quiet",
    "--no-prompt",
    "--no-check",
    "--allow-read",
    "--allow-ffi",
    "tests/reading/hostile/scan.ts",
  ];
  return new Deno.Command("deno", { args, cwd: ROOT, stdin: "piped", stdout: "piped" }).spawn();
}

async function* linesOf(bytes: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of bytes.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
}
