/**
 * Hostile inputs of JSONL and CSV: lines, encodings, rows.
 *
 * @module
 */
import { HOSTILE } from "../../support/hostile_text.ts";
import { fileInput, type HostileInput, LABEL, line } from "./input.ts";

/** Lines, then files as a whole, then tables. */
export function recordInputs(): HostileInput[] {
  return [...lineInputs(), ...cutLineInputs(), ...encodingInputs(), ...csvInputs()];
}

/** Odd names and the raw text of each in JSON. */
const NAMES = [
  "__proto__",
  "\\u005f_proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "",
  "a\\u0000b",
  "\\ud800",
  JSON.stringify(HOSTILE).slice(1, -1), // acts on a terminal
  "=cmd|' /C calc'!A0", // runs in a spreadsheet
  "]]>&#0;<svg onload='x'>\\uffff", // is no XML
];

/** Where a name can stand in a line, marked by NAME. */
const PLACES: Readonly<Record<string, string>> = {
  field: line().replace("{", '{"NAME":{"polluted":1},'),
  factor: line({ condition: { NAME: "x" } }),
  level: line({ condition: { goal: "NAME" } }),
  "fixed factor": line({ condition: { threat: "NAME" } }),
  score: line({ labels: [{ ...LABEL, scores: { NAME: 1 } }] }),
  "score value": line({ labels: [{ ...LABEL, scores: { a: { NAME: { polluted: 1 } } } }] }),
  labeler: line({ labels: [{ ...LABEL, labeler: "NAME" }] }),
  "label field": line({ labels: [{ ...LABEL, NAME: 1 }] }),
  act: line({ labels: [{ ...LABEL, acts: [{ name: "NAME" }] }] }),
  message: line({ messages: [{ role: "user", content: "c", NAME: 1 }] }),
  role: line({ messages: [{ role: "NAME", content: "c" }] }),
  id: line({ id: "NAME" }),
  scenario: line({ scenario: "NAME" }),
  model: line({ model: "NAME" }),
};

const WRONG: readonly unknown[] = [7, null, true, "", [], {}, [null]];
const FIELDS = ["id", "model", "scenario", "cluster", "condition", "labels", "messages"];

const NUMBERS = [
  "1e400",
  "-1e400",
  "1e-400",
  "-0",
  "9007199254740993",
  "9".repeat(400),
  `0.${"1".repeat(5000)}`,
  "01",
  "+1",
  ".5",
  "1.",
  "0x10",
  "NaN",
  "Infinity",
  '"NaN"',
  "1n",
];

/** What stands in the second of three lines. */
function secondLines(): [name: string, text: string][] {
  const scored = line({ labels: [{ ...LABEL, scores: { a: "VALUE" } }] });
  const depths = [100, 1_000, 10_000, 200_000];
  const broken = ["[]", "7", '"x"', "null", "true", "[[]]", "{}", "{", "}", "{,}", '{"a":1,}', "{} {}", "// c", "'x'"];
  return [
    ...broken.map((text): [string, string] => [`a line ${text}`, text]),
    ...NAMES.flatMap((name) =>
      Object.entries(PLACES).map(([place, text]): [string, string] => [
        `${place} named ${JSON.stringify(name)}`,
        text.replaceAll("NAME", name),
      ])
    ),
    ...FIELDS.flatMap((field) =>
      WRONG.map((value): [string, string] => [`${field} is ${JSON.stringify(value)}`, line({ [field]: value })])
    ),
    ...NUMBERS.map((number): [string, string] => [
      `score ${number.slice(0, 20)}`,
      scored.replace('"VALUE"', number),
    ]),
    ...depths.flatMap((depth) =>
      [["[", "]"], ['{"a":', "}"]].flatMap(([open, close]) => {
        const deep = `${open.repeat(depth)}1${close.repeat(depth)}`;
        return [
          [`${depth} times ${open} as a score`, scored.replace('"VALUE"', deep)],
          [`${depth} times ${open} as a field`, line().replace("{", `{"deep":${deep},`)],
          [`${depth} times ${open} as the condition`, line({ condition: "VALUE" }).replace('"VALUE"', deep)],
          [`${depth} times ${open} and no end`, open.repeat(depth)],
        ] as [string, string][];
      })
    ),
    ["the id twice", line().replace("{", '{"id":"other",')],
    ["the labels twice", line().replace("{", '{"labels":7,')],
    ["a factor twice", line().replace('"goal"', '"goal":"a","goal"')],
    ["1,000 factors", line({ condition: numbered(1000, "x") })],
    ["1,000 factors of no text", line({ condition: numbered(1000, 7) })],
    ["10,000 labels", line({ labels: Array(10_000).fill(LABEL) })],
    ["10,000 labels of no kind", line({ labels: Array(10_000).fill({ labeler: "l" }) })],
    ["10,000 scores", line({ labels: [{ ...LABEL, scores: numbered(10_000, 1) }] })],
    ["2,000,000 labels that are none", line({ labels: "VALUE" }).replace('"VALUE"', `[${"1,".repeat(2_000_000)}1]`)],
    ["2,000,000 empty objects", line({ labels: "VALUE" }).replace('"VALUE"', `[${"{},".repeat(2_000_000)}1]`)],
    ["a text of 20 MB of commas", line({ scenario: ",".repeat(20_000_000) })],
    ["a text of 5 MB of quotes", line({ scenario: '"'.repeat(2_500_000) })],
    ["NUL in a text", line({ scenario: "a\0b" }).replace("\\u0000", "\0")],
    ["a tab in a text", line().replace('"m"', '"m\t"')],
    ["a byte order mark", `\ufeff${line({ id: "x" })}`],
    ["U+2028", line({ id: "x", scenario: "a\u2028b" })],
  ];
}

function numbered(count: number, value: unknown): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, value]));
}

/** Each between two good lines, which it must not cost. */
function lineInputs(): HostileInput[] {
  return secondLines().map(([name, text]) =>
    fileInput(name, `${line({ id: "first" })}\n${text}\n${line({ id: "last" })}\n`, { entries: 3 })
  );
}

/** A last line that is cut, at every twelfth byte. */
function cutLineInputs(): HostileInput[] {
  const whole = line({ id: "ä" });
  const bytes = new TextEncoder().encode(`${line()}\n${whole}`);
  const start = bytes.indexOf(10) + 2;
  const places = Array.from({ length: Math.floor((bytes.length - start) / 12) }, (_, index) => start + 12 * index);
  return places.map((end) => fileInput(`cut at byte ${end}`, bytes.subarray(0, end), { entries: 2, samples: 1 }));
}

function encodingInputs(): HostileInput[] {
  const two = `${line()}\n${line({ id: "2" })}\n`;
  const csv = `${COLUMNS}\n${ROW}\n`;
  const wide = (["le", "be"] as const).flatMap((end) =>
    [true, false].flatMap((mark) => [
      fileInput(`UTF-16${end} ${mark ? "with" : "without"} mark`, utf16(two, end, mark), { samples: 0 }),
      fileInput(`UTF-16${end} ${mark ? "with" : "without"} mark`, utf16(csv, end, mark), { file: "a.csv", samples: 0 }),
    ])
  );
  const latin = Uint8Array.from(two.replace('"m"', '"m\xe9"'), (one) => one.charCodeAt(0));
  return [
    ...wide,
    fileInput("latin-1", latin, { entries: 2, samples: 1 }),
    fileInput("an overlong byte sequence", Uint8Array.from(two.replace('"m"', '"\xc0\xaf"'), (c) => c.charCodeAt(0)), {
      entries: 2,
      samples: 1,
    }),
    fileInput("one mark", `\ufeff${two}`, { entries: 2, samples: 2 }),
    fileInput("two marks", `\ufeff\ufeff${two}`, { entries: 2 }),
    fileInput("CR line ends", two.replaceAll("\n", "\r"), { samples: 0 }),
    fileInput("CRLF line ends", two.replaceAll("\n", "\r\n"), { entries: 2, samples: 2 }),
    fileInput("NUL bytes alone", new Uint8Array(5000), { samples: 0 }),
    fileInput("NUL bytes at the end", `${two}${"\0".repeat(5000)}`, { entries: 3, samples: 2 }),
    fileInput("the same line 50,000 times", `${line()}\n`.repeat(50_000), { entries: 50_000, samples: 1 }),
    fileInput("a million broken lines", `${line()}\n${"x\n".repeat(1_000_000)}`, { samples: 1 }),
    fileInput("blank lines", `${"\n".repeat(200_000)}${line()}\n \t \n`, { entries: 1, samples: 1 }),
  ];
}

function utf16(text: string, end: "le" | "be", mark: boolean): Uint8Array {
  const units = [...(mark ? "\ufeff" : "") + text].map((one) => one.charCodeAt(0));
  return Uint8Array.from(units.flatMap((unit) => end === "le" ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255]));
}

const COLUMNS = "model,scenario,goal,label,count,scored,missing,published";
const ROW = "m,s,g,harmful,1,2,0,here";

function csvInputs(): HostileInput[] {
  const table = (name: string, text: string, entries?: number, samples?: number) =>
    fileInput(name, text, { file: "a.csv", entries, samples });
  const many = Array.from({ length: 100_000 }, (_, index) => `c${index}`).join(",");
  const numbers = ["-1", "1e3", "1e400", "9007199254740993", "NaN", "", " 1", "0x1", "1.5", "３"];
  const places = Array.from({ length: 12 }, (_, index) => 5 * index + 3);
  return [
    ...NAMES.slice(0, 5).map((name) => table(`column ${name}`, `${COLUMNS},${name}\n${ROW},x\n`, 1)),
    ...numbers.map((number) => table(`count ${number}`, `${COLUMNS}\n${ROW.replace(",1,", `,${number},`)}\n`, 1, 0)),
    ...places.map((end) =>
      table(`cut in quotes at ${end}`, `${COLUMNS}\n${ROW}\n"${`${ROW}\n`.repeat(3).slice(0, end)}`, 2)
    ),
    table("100,000 columns", `${COLUMNS},${many}\n${ROW}${",x".repeat(100_000)}\n`, 1),
    table("100,000 columns of no format", `${many}\n${many}\n`),
    table("100,000 cells in a row of eight", `${COLUMNS}\n${ROW}${",x".repeat(100_000)}\n`, 1, 0),
    table("ragged rows", `${COLUMNS}\n${ROW}\na,b\n${ROW},x\n\n${ROW.replace("harmful", "other")}\n`, 4, 2),
    table("CR line ends", `${COLUMNS}\r${ROW}\r${ROW.replace("harmful", "other")}\r`, 2, 2),
    table("semicolons", `${COLUMNS}\n${ROW}\n`.replaceAll(",", ";"), 1, 1),
    table("no row", COLUMNS, 1, 0),
    table("blank lines alone", "\n\n\n"),
    table("two columns of one name", `${COLUMNS},goal\n${ROW},x\n`, 1, 0),
    table("columns without names", `${COLUMNS},,\n${ROW},x,y\n`, 1, 0),
    table("NUL bytes", `${COLUMNS}\n${ROW.replace("here", "he\0re")}\n`, 1, 1),
    table("a quote inside a cell", `${COLUMNS}\n${ROW.replace("here", 'he"re')}\n`, 1),
    table("a cell of 20 MB", `${COLUMNS}\n${ROW}${"x".repeat(20_000_000)}\n`, 1, 1),
    table("a header of 20 MB", `${COLUMNS},${"x".repeat(20_000_000)}\n${ROW},x\n`),
    table("the same row 50,000 times", `${COLUMNS}\n${`${ROW}\n`.repeat(50_000)}`, 50_000, 1),
    table("a million ragged rows", `${COLUMNS}\n${ROW}\n${"x\n".repeat(1_000_000)}`, undefined, 1),
  ];
}
