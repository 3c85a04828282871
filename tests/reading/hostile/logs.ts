/**
 * Hostile inputs of Inspect logs: what stands in their samples and heads.
 *
 * @module
 */
import { fileInput, type HostileInput } from "./input.ts";
import { evalParts, headOf, sampleOf, zipOf } from "../../support/inspect_writer.ts";

/** Logs whose samples or heads are odd, as `.eval` and as `.json`. */
export function logInputs(): HostileInput[] {
  const changes: Record<string, unknown>[] = [
    ...[-1, 0, 1.5, 2 ** 53, "1", null, [], 1e300].map((epoch) => ({ epoch })),
    ...[null, [], {}, true, "", "../x", "__proto__", -0, "\ud800"].map((id) => ({ id })),
    ...[null, 7, [], "x", { a: null }, { a: { value: {} } }, { a: { value: [[[1]]] } }, { a: { value: "NaN" } }].map((
      scores,
    ) => ({ scores })),
    ...[JSON.parse('{"__proto__":{"value":1}}'), { constructor: { value: 1 } }].map((scores) => ({ scores })),
    ...[null, 7, {}, [7], [{ role: "x" }], [{ role: "user", content: 7 }]].map((messages) => ({ messages })),
    ...[null, 7, [], { x: 7 }].map((attachments) => ({ attachments })),
    ...[7, "x", [], {}, { message: 7 }].map((error) => ({ error })),
    { uuid: "uuid-1" },
    { uuid: null, id: 1 },
  ];
  const heads = [{ task: null }, { model: 7 }, { model: "" }, { config: null }, { task_args: [] }, { model_roles: 7 }];
  return [
    ...changes.flatMap((change) => {
      const two = [sampleOf(1), { ...sampleOf(2), ...change }];
      const name = `a sample with ${JSON.stringify(change)}`;
      const parts = evalParts([{ id: 1, epoch: 1 }, { id: "x", epoch: 2 }]);
      const zipped = zipOf(
        parts.map((part, index) => [1, 2].includes(index) ? { ...part, text: JSON.stringify(two[index - 1]) } : part),
      );
      return [
        fileInput(name, zipped, { file: "a.eval", entries: 2 }),
        fileInput(name, JSON.stringify({ ...headOf(), samples: two }), { file: "a.json", entries: 2 }),
      ];
    }),
    ...heads.map((head) =>
      fileInput(`a head with ${JSON.stringify(head)}`, zipOf(evalParts([sampleOf(1)], { head: headOf(head) })), {
        file: "a.eval",
      })
    ),
    fileInput("a log cut short", JSON.stringify({ ...headOf(), samples: [sampleOf(1)] }).slice(0, -40), {
      file: "a.json",
    }),
    fileInput("a log 100,000 deep", `{"version":2,"status":"success","eval":${"[".repeat(100_000)}`, {
      file: "a.json",
    }),
  ];
}
