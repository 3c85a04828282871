/** A store holds whole lines of its kind, whatever befell its file. */
import assert from "node:assert/strict";
import { openLabelStore, readLabelFile, repairLabelFile } from "$lib/labelers/label_file.ts";
import { createRandom } from "$lib/stats/numbers/random.ts";
import { labelFile } from "../support/judge_setting.ts";

const line = (id: string) => ({ id, labeler: "j", kind: "judge", key: id, missing: "time-out", note: "a b " }) as const;
const row = (id: string) => JSON.stringify(line(id));
const two = `${row("1")}\n${row("2")}`;

for (
  const [name, text, kept] of [
    ["nothing wrong", `${two}\n`, ["1", "2"]],
    ["no line end", two, ["1", "2"]],
    ["a blank line", `${two}\n\n`, ["1", "2"]],
    ["blank lines and spaces", `${two}\n  \n\n\t`, ["1", "2"]],
    ["Windows line ends", `${two.replace("\n", "\r\n")}\r\n`, ["1", "2"]],
    ["NULs", `${two}\n\0\0\0\0`, ["1", "2"]],
    ["NULs in the place of the line end", `${two}\0\0`, ["1", "2"]],
    ["NULs and a line end", `${two}\n\0\0\n`, ["1", "2"]],
    ["a torn line", `${two}\n${row("3").slice(0, 30)}`, ["1", "2"]],
    ["a torn line and NULs", `${two}\n${row("3").slice(0, 30)}\0\0\0`, ["1", "2"]],
    ["a torn line, NULs and a line end", `${two}\n${row("3").slice(0, 30)}\0\0\0\n`, ["1", "2"]],
    ["NULs alone", "\0\0\0", []],
    ["a blank line alone", "\n", []],
  ] as const
) {
  Deno.test(`an end is repaired, and what is added then stands in a line of its own: ${name}`, async () => {
    const file = await labelFile();
    await Deno.writeTextFile(file, text);
    const ids = () => readLabelFile(file).map(({ id }) => id);
    assert.deepEqual(ids(), kept);
    const store = openLabelStore(file);
    store.add(line("new"));
    await store.close();
    assert.deepEqual(ids(), [...kept, "new"]);
    const rows = (await Deno.readTextFile(file)).split(/\r?\n/);
    assert.deepEqual(rows, [...kept, "new"].map(row).concat(""));
  });
}

Deno.test("a file of several megabytes is read in parts: rows and letters that lie across two of them, and a torn end", async () => {
  const random = createRandom(2);
  const file = await labelFile();
  const lines = Array.from({ length: 900 }, (_, index) => ({
    ...line(`ä${index}`),
    note: "ü€😀".repeat(1 + random.below(700)) + (index === 500 ? "x".repeat(2_500_000) : ""),
  }));
  const text = lines.map((one) => `${JSON.stringify(one)}\n`).join("");
  for (const end of ["", row("torn").slice(0, 40), " \n".repeat(700_000), "\0".repeat(1_200_000)]) {
    await Deno.writeTextFile(file, text + end);
    const store = openLabelStore(file);
    assert.deepEqual([...store.lines()], lines);
    assert.equal(store.torn, end.length);
    await store.close();
    assert.equal(await Deno.readTextFile(file), text);
  }
});

Deno.test("a line that the reader would refuse is not written", async () => {
  const file = await labelFile();
  const store = openLabelStore(file);
  store.add(line("1"));
  const before = await Deno.readTextFile(file);
  for (
    const wrong of [
      { ...line("2"), usage: { input: -1, output: 0 } },
      { ...line("2"), usage: { input: NaN, output: 0 } },
      { ...line("2"), acts: [{ name: "refuses" }] },
      { ...line("2"), calls: 0.5 },
      { ...line("2"), what: 1 },
    ]
  ) {
    assert.throws(() => store.add(wrong as never), /^TypeError: Cannot keep a label that could not be read again: /);
  }
  assert.deepEqual([await Deno.readTextFile(file), store.get("2")], [before, undefined]);
  store.add(line("3"));
  await store.close();
  assert.equal(await Deno.readTextFile(file), `${row("1")}\n${row("3")}\n`);
});

Deno.test("broken lines anywhere are set aside as they are, and every other line is kept as it is", async () => {
  const random = createRandom(5);
  for (let trial = 0; trial < 60; trial++) {
    const file = await labelFile();
    const count = 2 + random.below(8);
    const rows = Array.from({ length: count }, (_, index) => row(`id ${index} ü`));
    const broken = [...new Set(Array.from({ length: 1 + random.below(count - 1) }, () => random.below(count)))].sort();
    for (const index of broken) {
      const forms = [
        rows[index].slice(0, 1 + random.below(rows[index].length - 1)),
        rows[index].slice(1),
        `\0\0${rows[index].slice(0, -1)}`,
        rows[index].replace('"judge"', '"magic"'),
        "\ufffd}{",
      ];
      rows[index] = forms[random.below(forms.length)];
    }
    await Deno.writeTextFile(file, rows.join("\n") + "\n");
    assert.throws(
      () => openLabelStore(file),
      new RegExp(`as line ${broken[0] + 1} is no label: .*; deno task label --repair --out `),
    );
    const { numbers, to, torn } = await repairLabelFile(file);
    assert.deepEqual([numbers, torn], [broken.map((index) => index + 1), 0]);
    assert.equal(await Deno.readTextFile(to), broken.map((index) => `${rows[index]}\n`).join(""));
    const good = rows.filter((_, index) => !broken.includes(index));
    assert.deepEqual((await Deno.readTextFile(file)).split("\n").filter((text) => text.trim() !== ""), good);
    const store = openLabelStore(file);
    store.add(line("new"));
    await store.close();
    assert.deepEqual(readLabelFile(file), [...good, row("new")].map((text) => JSON.parse(text)));
    assert.deepEqual((await repairLabelFile(file)).numbers, []);
  }
});

Deno.test("of a torn line with a whole one behind it only the torn one is set aside", async () => {
  const file = await labelFile();
  const [torn, glued] = [row("2").slice(0, 40), `${row("4").slice(0, 9)}\0\0${row("5").slice(0, 50)}`];
  await Deno.writeTextFile(file, `${row("1")}\n${torn}${row("3")}\n${glued}${row("6")}\n`);
  const { numbers, to } = await repairLabelFile(file);
  assert.deepEqual([numbers, await Deno.readTextFile(to)], [[2, 3], `${torn}\n${glued}\n`]);
  assert.deepEqual(readLabelFile(file), ["1", "3", "6"].map(line));
});

Deno.test("a file of which no line is a label is not repaired but left alone", async () => {
  const file = await labelFile();
  for (const text of ["Notes on the study\nsecond line\n", '{"id":"1","model":"m"}\n']) {
    await Deno.writeTextFile(file, text);
    await assert.rejects(repairLabelFile(file), /^SyntaxError: Cannot use .* as line 1 is no label: /);
    assert.equal(await Deno.readTextFile(file), text);
    await assert.rejects(Deno.stat(`${file}.broken`), Deno.errors.NotFound);
  }
});
