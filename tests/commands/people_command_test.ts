/** `deno task label --labeler human`: from the sheet and the page back to labels, by the names that people have. */
import assert from "node:assert/strict";
import { writePage } from "$lib/pages/coding/page.ts";
import { savedName, sheetCsv } from "$lib/pages/coding/store.ts";
import type { PageData } from "$lib/pages/coding/data.ts";
import { samplesOf } from "../support/judge_setting.ts";
import { folderWith, runTask } from "../support/label_command.ts";

const URL = "http://127.0.0.1:9/v1"; // never asked

/** A folder with samples, their sheet, page and key, and what the page holds. */
async function handedOut(): Promise<{ folder: string; data: PageData }> {
  const folder = await folderWith(samplesOf(3));
  const { code, err } = await runTask(folder, URL, ["samples.jsonl", "--labeler", "human", "--out", "sheet.csv"]);
  assert.equal(code, 0, err);
  const page = await Deno.readTextFile(`${folder}/sheet.html`);
  return { folder, data: JSON.parse(/id="data">(.*?)<\/script>/s.exec(page)![1]) };
}

/** What the page saves where the first item is coded. */
function saved({ items, ...data }: PageData, coder: string): string {
  const codings = items.map((
    { item },
    at,
  ) => [item, { acts: at === 0 ? [{ act: "refuses" }] : [], states: "", note: "" }]);
  return sheetCsv({ items, ...data }, Object.fromEntries(codings), coder);
}

Deno.test("what the page saved is imported by its own name: it says who coded it, and its key is found by its sheet", async () => {
  const { folder, data } = await handedOut();
  await Deno.mkdir(`${folder}/downloads`);
  const file = `downloads/${savedName(data.sheet, "a b")}`;
  await Deno.writeTextFile(`${folder}/${file}`, saved(data, "a b"));
  const { code, out, err } = await runTask(folder, URL, ["--labeler", "human", "--import", file]);
  assert.equal(code, 1); // two are missing
  assert.match(
    err,
    /^key: sheet\.csv\.key\.json\nnote: not coded, of 1 acts: against of 1, to of 1, motive of 1, covert of 1; .+\n$/,
  );
  assert.equal(out, "labelled: 1 of 3\nmissing: not coded: 2\n");
  const [line] = (await Deno.readTextFile(`${folder}/labels.jsonl`)).split("\n");
  assert.equal(JSON.parse(line).labeler, "coder:a b");
});

Deno.test("nothing coded, another coder than the file's, a key that is not there: each is wrong use, and no label is written", async () => {
  const { folder, data } = await handedOut();
  await Deno.writeTextFile(`${folder}/mine.csv`, saved(data, "ab"));
  await Deno.writeTextFile(`${folder}/other.csv`, saved(data, "ab").replaceAll(data.sheet, "s000000"));
  for (
    const [args, message] of [
      [["--import", "sheet.csv", "--coder", "ab"], /nothing is coded in the sheet: all 3 items/],
      [["--import", "sheet.csv"], /--coder is missing/],
      [["--import", "mine.csv", "--coder", "cd"], /coder cd as the sheet says that it was coded by ab/],
      [["--import", "other.csv"], /no key of sheet s000000 is in \. *: name the one .* --key FILE\.key\.json/],
      [["--import", "none.csv"], /no such file: none\.csv/],
    ] as const
  ) {
    const { code, err } = await runTask(folder, URL, ["--labeler", "human", ...args]);
    assert.equal(code, 2, err);
    assert.match(err, message);
  }
  await assert.rejects(Deno.stat(`${folder}/labels.jsonl`), Deno.errors.NotFound);
});

Deno.test("the page that the command writes is that of the library", async () => {
  const { folder, data } = await handedOut();
  const samples = samplesOf(3);
  const page = await Deno.readTextFile(`${folder}/sheet.html`);
  assert.equal(page, writePage(samples, { seed: 1 }));
  assert.equal(data.items.length, 3);
});
