"""Reads logs that inspect_ai writes on the spot, and compares the counts with those of inspect_ai itself.

    pip install inspect_ai
    python3 tests/reading/fresh_inspect.py

Without a network, by the mock model: a run with two epochs and an error in it, its retry, and the retry in the chunked
layout. Each is read as a log by itself, the pair as a folder and as a list of paths. Exits with 1 where a count differs.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EPOCHS = 2
ANSWERS = {"a": "yes", "b": "no", "c": "yes", "d": "maybe yes"}


def write_logs(folder: str) -> list[Path]:
    from inspect_ai import Task, eval, eval_retry, task
    from inspect_ai.dataset import Sample
    from inspect_ai.scorer import includes
    from inspect_ai.solver import solver

    broken = {"now": True}

    @solver
    def answers():
        async def solve(state, generate):
            if broken["now"] and state.sample_id == "c" and state.epoch == 2:
                raise RuntimeError("the sandbox was lost")
            state.output.completion = ANSWERS[str(state.sample_id)]
            return state

        return solve

    @task
    def fresh():
        samples = [Sample(id=name, input=f"Question {name}?", target="yes") for name in ANSWERS]
        return Task(dataset=samples, solver=answers(), scorer=includes(), epochs=EPOCHS)

    options = {"log_dir": folder, "display": "none", "fail_on_error": 0.9}
    (first,) = eval(fresh(), model="mockllm/model", **options)
    broken["now"] = False
    eval_retry(first.location, display="none", log_dir=folder, fail_on_error=0.9)
    return sorted(Path(folder).glob("*.eval"))


def count_of(paths: list[str]) -> tuple[int, int, int]:
    command = ["deno", "task", "--quiet", "rates", *paths, "--by", "model", "--label", "includes", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"})
    if not done.stdout.strip():
        sys.exit(f"rates says nothing of {paths}: {done.stderr}")
    (row,) = json.loads(done.stdout)["rows"]
    return row["count"], row["scored"], row["missing"]


def truth_of(log: Path) -> tuple[int, int, int]:
    from inspect_ai.log import read_eval_log

    samples = read_eval_log(str(log)).samples or []
    values = [sample.scores["includes"].value for sample in samples if sample.scores and not sample.error]
    return values.count("C"), len(values), len(samples) - len(values)


def main() -> int:
    try:
        import inspect_ai
    except ImportError:
        print("skipped: inspect_ai is not installed")
        return 0
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        logs = write_logs(folder)
        every = 3 * EPOCHS, 4 * EPOCHS, 0
        cases = [([str(log)], truth_of(log), log.name.split("_", 1)[1]) for log in logs]
        cases += [([folder], every, "the folder"), ([str(log) for log in logs], every, "the paths")]
        with tempfile.TemporaryDirectory() as chunked:
            command = ["inspect", "log", "convert-chunked", str(logs[-1]), "--output-dir", chunked]
            tool = Path(sys.executable).parent / command[0]
            if subprocess.run([tool, *command[1:]], capture_output=True).returncode == 0:
                cases.append(([chunked], truth_of(logs[-1]), "the chunked layout"))
            else:
                print("skipped: this inspect_ai writes no chunked logs")
            for paths, truth, name in cases:
                found = count_of(paths)
                wrong += found != truth
                print(f"{'ok' if found == truth else 'WRONG'}: {name}: count, scored, missing {found}, expected {truth}")
        print(f"inspect_ai {inspect_ai.__version__}, {len(cases)} cases, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
