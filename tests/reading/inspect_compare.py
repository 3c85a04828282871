"""How long inspect_ai takes for a log that this project reads too, in one run on one machine.

    pip install inspect_ai pandas pyarrow
    python3 tests/reading/inspect_compare.py [LOG]

Without a log, one of 1,000 samples is generated. Prints the best of three for inspect_ai's read_eval_log and samples_df,
and for this project's reader, each in its own process with the time of starting it left out.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

READER = """
import { createOpener } from "$lib/reading/bytes/source.ts";
import { inspect } from "$lib/reading/formats/inspect/read.ts";
const seconds = [];
let count = 0;
for (let run = 0; run < 3; run++) {
  const start = performance.now();
  count = 0;
  for await (const entry of inspect.read([Deno.args[0]], createOpener())) count += "sample" in entry ? 1 : 0;
  seconds.push((performance.now() - start) / 1000);
}
console.log(JSON.stringify({ count, seconds }));
"""


def ours(log: str) -> dict:
    with tempfile.NamedTemporaryFile("w", suffix=".ts") as script:
        script.write(READER)
        script.flush()
        command = ["deno", "run", "--quiet", "--no-check", "--allow-read", "--allow-env=INIT_CWD"]
        done = subprocess.run([*command, "--config", str(ROOT / "deno.json"), script.name, log], capture_output=True)
    if done.returncode != 0:
        sys.exit(done.stderr.decode())
    return json.loads(done.stdout)


def best(run, times: int = 3) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    try:
        from inspect_ai.analysis import samples_df
        from inspect_ai.log import read_eval_log
    except ImportError:
        sys.exit("skipped: inspect_ai is not installed")
    with tempfile.TemporaryDirectory() as folder:
        log = sys.argv[1] if len(sys.argv) > 1 else f"{folder}/log.eval"
        if len(sys.argv) == 1:
            writer = ["deno", "run", "--quiet", "--no-check", "--allow-write", str(ROOT / "tests/support/inspect_writer.ts")]
            subprocess.run([*writer, log, "1000"], check=True)
        reader = ours(log)
        samples = len(read_eval_log(log).samples or [])
        if samples != reader["count"]:
            sys.exit(f"cannot compare: inspect_ai reads {samples} samples, this project {reader['count']}")
        seconds = min(reader["seconds"])
        print(f"{samples} samples; this project: {seconds:.3f} s")
        print(f"(first run of the process, before it is warm: {reader['seconds'][0]:.3f} s)")
        for name, run in [
            ("read_eval_log", lambda: read_eval_log(log)),
            ("samples_df", lambda: samples_df(log, quiet=True)),
            ("samples_df(full=True)", lambda: samples_df(log, full=True, quiet=True)),
        ]:
            taken = best(run)
            print(f"inspect_ai {name}: {taken:.3f} s, {taken / seconds:.1f} times as long")


if __name__ == "__main__":
    main()
