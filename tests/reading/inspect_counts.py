"""Compares what `deno task load` counts in Inspect logs with what inspect_ai reads in them: samples, and per score how many
have a value.

    PYTHON_WITH_INSPECT_AI tests/reading/inspect_counts.py [LOG OR FOLDER ...]

Without arguments, every log below ../shared/realdata. A score is without a value where it is None or NaN, where its sample
failed or was declared invalid, and where the grader's own words say that it gave no grade. Logs that inspect_ai cannot
read are named and not compared. Ends with 1 where anything differs.
"""

import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NO_GRADE = re.compile(r"\s*grade (?:was |is )?not found", re.I)


def ours(log: Path) -> dict:
    done = subprocess.run(
        ["deno", "task", "--quiet", "load", "--json", str(log)],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", "INIT_CWD": str(ROOT)},
    )
    datasets = json.loads(done.stdout)["datasets"]
    counts = {"samples": sum(one["samples"] for one in datasets), "scores": {}}
    for one in datasets:
        for name, label in one["labels"].items():
            if name == "provider_refusal":  # this project finds it, and no scorer of the log gave it
                continue
            given = label["scored"] + label.get("other", {}).get("samples", 0)
            counts["scores"][name] = counts["scores"].get(name, 0) + given
    return counts


def values(name: str, value) -> list:
    if isinstance(value, dict):
        return list(value.items())
    if isinstance(value, list):
        return [(f"{name}[{index}]", one) for index, one in enumerate(value)]
    return [(name, value)]


def is_given(value) -> bool:
    if value is None or isinstance(value, float) and not math.isfinite(value):
        return False
    return not (isinstance(value, str) and value.strip() == "")


def theirs(log: Path, read_eval_log) -> dict:
    found = read_eval_log(str(log))
    keeps_errors = bool(getattr(found.eval.config, "score_on_error", None))
    counts = {"samples": len(found.samples or []), "scores": {}}
    for sample in found.samples or []:
        is_missing = getattr(sample, "invalidation", None) is not None or sample.error is not None and not keeps_errors
        given = set()
        for name, score in (sample.scores or {}).items():
            failed = is_missing or NO_GRADE.match(score.explanation or "") is not None
            for key, value in values(name, score.value):
                counts["scores"].setdefault(key, 0)
                if not failed and is_given(value):
                    given.add(key)
        for key in given:
            counts["scores"][key] += 1
    return counts


def logs_in(paths: list) -> list:
    found = []
    for path in map(Path, paths):
        if path.is_dir():
            found += [one for one in sorted(path.rglob("*")) if one.suffix == ".eval" or is_json_log(one)]
        else:
            found.append(path)
    return found


def is_json_log(path: Path) -> bool:
    if path.suffix != ".json":
        return False
    head = path.open("rb").read(4096).decode("utf-8", "replace")
    return re.match(r'\s*\{\s*"(?:version|status)"', head) is not None and '"eval"' in head


def main() -> None:
    try:
        from inspect_ai.log import read_eval_log
    except ImportError:
        sys.exit("skipped: inspect_ai is not installed")
    default = ROOT.parent / "shared" / "realdata"
    if len(sys.argv) == 1 and not default.is_dir():
        sys.exit(f"skipped: there is no {default}")
    compared = differing = 0
    for log in logs_in(sys.argv[1:] or [default]):
        try:
            expected = theirs(log, read_eval_log)
        except Exception as error:
            print(f"not compared: {log}: inspect_ai: {str(error).splitlines()[0]}")
            continue
        counted = ours(log)
        compared += 1
        if counted != expected:
            differing += 1
            print(f"differs: {log}\n  inspect_ai: {expected}\n  this project: {counted}")
    print(f"{compared} logs compared, {differing} differ")
    sys.exit(1 if differing or compared == 0 else 0)


if __name__ == "__main__":
    main()
