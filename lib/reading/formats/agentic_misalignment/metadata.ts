/**
 * What a model was asked in a condition of the agentic-misalignment framework: the folder `prompts/<condition>/` with
 * the prompts and `metadata.json`.
 *
 * Two factors, prohibition and alignment faking, are in `metadata.json` only; the rest can be told from the condition's
 * name where the folder is absent.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { z } from "zod";
import { conditionOf, conditionOfId } from "../condition_id.ts";
import { LONGEST_LINE } from "../../bytes/lines.ts";
import type { Problem } from "../../../samples/load_report.ts";
import { parseJson } from "../../../json/strict.ts";
import { type Opener, readText } from "../../bytes/source.ts";
import type { Condition, Message } from "../../../samples/sample.ts";
import { conditionSchema, explain } from "../../../samples/schema.ts";

const text = z.string().min(1, "must not be empty");

/** `metadata.json`, as far as it is used. Early versions lack some fields, so none is required. */
export const metadataSchema = z.looseObject({
  scenario: text.nullish(),
  goal_type: z.enum(["explicit", "latent", "ambiguous", "none", "swap"]).nullish(),
  goal_value: text.nullish(),
  urgency_type: text.nullish(),
  production_variant: z.boolean().nullish(),
  extra_system_instructions: z.union([z.literal(false), z.enum(["none", "dont", "goal"])]).nullish(),
  alignment_faking: z.boolean().nullish(),
  alignment_faking_type: text.nullish(),
});

export type Metadata = z.infer<typeof metadataSchema>;

/** A prompt folder. */
export interface PromptFolder {
  readonly metadata?: Metadata;
  readonly system?: string;
  /** The instruction and the emails, as the model got them. */
  readonly user?: string;
  /** Files of the folder that could not be used. */
  readonly problems: readonly Problem[];
}

/** Scenario and factors of a condition; or why they cannot be told. */
export type Setting = { readonly scenario: string; readonly condition: Condition } | { readonly reason: string };

/** The setting of a condition: what `metadata.json` says, and for what it does not say, the condition's name. */
export function settingOf(id: string, metadata: Metadata = {}): Setting {
  const named = conditionOfId(id);
  const scenario = metadata.scenario ?? named?.scenario;
  const goalType = metadata.goal_type ?? named?.condition.goal_type;
  const threat = metadata.urgency_type ?? named?.condition.threat;
  if (scenario === undefined || goalType === undefined || threat === undefined) {
    const form = "{scenario}_{goal_type}-{goal_value}_{urgency_type}";
    return {
      reason: `condition: ${JSON.stringify(id)} is not ${form}, and no metadata.json in prompts/ says what it is`,
    };
  }
  const goal = metadata.goal_value ?? named?.condition.goal ?? "none";
  const production = metadata.production_variant ?? (named && named.condition.production === "true");
  const condition = conditionSchema.safeParse({
    ...conditionOf({ goalType, goal, threat, production }),
    ...onlyInMetadata(metadata),
  });
  return condition.success ? { scenario, condition: condition.data } : { reason: explain(condition.error) };
}

function onlyInMetadata(metadata: Metadata): Condition {
  const { extra_system_instructions: extra, alignment_faking: faking, alignment_faking_type: tier } = metadata;
  return {
    ...extra != null && { prohibition: extra === false ? "none" : extra },
    ...faking != null && { alignment_faking: String(faking) },
    ...faking === true && tier != null && tier !== "none" && { tier },
  };
}

/** The messages of a sample: what it was asked, where that is known, and its answer. The system prompt of an identity is
 *  not the one in the prompt folder, so it is left out there. */
export function messagesOf(
  prompts: PromptFolder | undefined,
  identity: string | undefined,
  message: Message,
): Message[] {
  const { system, user } = prompts ?? {};
  return [
    ...system !== undefined && identity === undefined ? [{ role: "system", content: system } as const] : [],
    ...user !== undefined ? [{ role: "user", content: user } as const] : [],
    message,
  ];
}

/** What is known of a condition's prompts; the problems come once, with the first sample that asks. */
export interface PromptsFound {
  readonly prompts?: PromptFolder;
  readonly problems: readonly Problem[];
}

/** Finds and reads prompt folders, each once, by a condition's own folder and its name. */
export function promptReader(open: Opener): (own: string, name: string) => Promise<PromptsFound> {
  const found = new Map<string, string | undefined>();
  const known = new Map<string, PromptFolder>();
  return async (own, name) => {
    const key = join(own, name);
    if (!found.has(key)) found.set(key, await findPromptFolder(own, name));
    const folder = found.get(key);
    const prompts = folder === undefined ? undefined : known.get(folder);
    if (folder === undefined || prompts !== undefined) return { prompts, problems: [] };
    const read = await readPromptFolder(folder, open);
    known.set(folder, read);
    return { prompts: read, problems: read.problems };
  };
}

/** How many folders above that of the condition may hold `prompts/`: model, identity, models, experiment, results. */
const LEVELS_UP = 5;

/** Goes up from the folder of a condition to the first `prompts/` that has this condition. */
async function findPromptFolder(conditionFolder: string, id: string): Promise<string | undefined> {
  let above = dirname(conditionFolder);
  for (let level = 0; level < LEVELS_UP; level++, above = dirname(above)) {
    const folder = join(above, "prompts", id);
    if (folder === conditionFolder) continue;
    try {
      if ((await Deno.stat(folder)).isDirectory) return folder;
    } catch (error) {
      if (!isAbsence(error)) throw error;
    }
  }
  return undefined;
}

/** Reads a prompt folder. A file that cannot be used is a problem of its own: the samples do without it. */
async function readPromptFolder(folder: string, open: Opener): Promise<PromptFolder> {
  const problems: Problem[] = [];
  const read = async <Result>(name: string, parse: (content: string) => Result): Promise<Result | undefined> => {
    const file = join(folder, name);
    try {
      const content = await readBeside(file, open);
      return content === undefined ? undefined : parse(content);
    } catch (error) {
      problems.push(problemOf(file, error));
      return undefined;
    }
  };
  const same = (content: string) => content;
  const metadata = await read("metadata.json", (content) => parseAs(metadataSchema, content));
  const system = await read("system_prompt.txt", same);
  const instruction = await read("user_prompt.txt", same);
  const emails = await read("email_content.txt", same);
  return { metadata, system, user: userPrompt(instruction, emails), problems };
}

/** Some versions wrote the emails into the instruction as well; they are said once. */
function userPrompt(instruction: string | undefined, emails: string | undefined): string | undefined {
  if (instruction === undefined || emails === undefined) return instruction ?? emails;
  return instruction.includes(emails.trim()) ? instruction : `${instruction}\n\n${emails}`;
}

/**
 * The text of a file that may be absent, which is `undefined`.
 *
 * @throws {TypeError} if it is a link: data must not lead out of its folder
 */
export async function readBeside(file: string, open: Opener): Promise<string | undefined> {
  try {
    const { isSymlink } = await Deno.lstat(file);
    if (isSymlink) throw new TypeError("a symbolic link, which is not followed");
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
  return await readSmall(file, open);
}

/** JSON of a shape. @throws {SyntaxError} that names every problem */
export function parseAs<Shape>(schema: z.ZodType<Shape>, content: string): Shape {
  const { success, data, error } = schema.safeParse(parseJson(content, { python: true }));
  if (!success) throw new SyntaxError(explain(error));
  return data;
}

/** What was thrown on the way to the content of a file, as a problem of that file. */
export function problemOf(file: string, error: unknown): Problem {
  const { message } = error as Error;
  return { file, at: "file", reason: error instanceof SyntaxError ? message : `cannot be read: ${message}` };
}

/** The text of a file. @throws {RangeError} if it is too large to be held in memory */
export async function readSmall(file: string, open: Opener): Promise<string> {
  const { size } = await Deno.stat(file);
  if (size > LONGEST_LINE) throw new RangeError(`larger than ${LONGEST_LINE >> 20} MiB: ${size} bytes`);
  return await readText(file, open);
}

function isAbsence(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}
