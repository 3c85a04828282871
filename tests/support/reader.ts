/** A reader for tests, made as the command makes it. */
import { loadPolicies } from "$lib/policies/load_policy.ts";
import { loadSituations } from "$lib/policies/load_situations.ts";
import { chooseSamples } from "$lib/pages/reader/chosen_samples.ts";
import { writeReader } from "$lib/pages/reader/page.ts";
import { readerData, type ReaderSource } from "$lib/pages/reader/reader_data.ts";

/** What a reader of some files is made from. */
export async function readerSource(...paths: string[]): Promise<ReaderSource> {
  const { datasets, samples } = await chooseSamples(paths, { where: {} });
  const [policies, situations] = await Promise.all([loadPolicies(), loadSituations()]);
  return { title: "a test", about: ["Made for a test."], datasets, samples, policies, situations };
}

/** The data of a reader of some files. */
export async function dataOf(...paths: string[]) {
  return readerData(await readerSource(...paths));
}

/** Writes samples as JSONL and their reader beside it; returns the page's path. */
export async function readerOf(samples: readonly object[]): Promise<string> {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/samples.jsonl`;
  await Deno.writeTextFile(file, samples.map((sample) => JSON.stringify(sample)).join("\n"));
  const page = `${folder}/reader.html`;
  await Deno.writeTextFile(page, writeReader(await readerSource(file)));
  return page;
}

/** What chooses a value of a control in the page, as a person does. */
export function choosing(control: string, option: string): string {
  return `(() => {
    const select = [...document.querySelectorAll("[data-control]")].find((one) => one.dataset.control === ${
    JSON.stringify(control)
  });
    select.value = [...select.options].find((one) => one.text === ${JSON.stringify(option)}).value;
    select.dispatchEvent(new Event("change"));
  })()`;
}
