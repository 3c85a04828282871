"""Reads logs that this project writes with the real inspect_ai, and compares them with the samples they were made from.

    pip install inspect_ai pandas pyarrow
    python3 tests/reading/inspect_reads_back.py

Samples with reasoning, calls, several labelers, acts and missing scores, of two models, go through `deno task load --to`.
Inspect reads each log (`read_eval_log`, `samples_df`), and its own command line dumps it (`inspect log dump`). Exits with 1
where anything differs.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def sample(number: int) -> dict:
    call = {"name": "send_email", "arguments": {"to": "b@firm.com", "body": "no"}}
    written = {"name": "note", "arguments": "free text"}
    acts = [{"name": "refuses", "against": ["user"], "quote": "I will not"}]
    return {
        "id": f"s {number}/é",
        "model": "one" if number < 6 else "two/b",
        "scenario": "blackmail",
        "condition": {"goal_conflict": "conflict" if number % 2 else "none", "told": "yes"},
        "cluster": f"prompt {number // 2}",
        "messages": [
            {"role": "system", "content": "You are Alex."},
            {"role": "user", "content": f"Do it {number}."},
            {"role": "assistant", "content": "I will not.", "reasoning": "No.", "calls": [call, written]},
            {"role": "tool", "content": "sent"},
        ],
        "labels": [
            {"labeler": "coder:ab", "kind": "human", "acts": acts, "note": "clear"},
            {"labeler": "judge", "kind": "judge", "scores": {"harmful": number % 3 == 0, "severity": None if number == 4 else 2.5}},
        ],
    }


def text_of(content) -> str:
    return content if isinstance(content, str) else "".join(part.text for part in content if part.type == "text")


def problems_of(log, samples: list[dict]) -> list[str]:
    wrong = []
    expected = {one["id"]: one for one in samples if one["model"] == log.eval.model}
    if {one.id for one in log.samples} != set(expected):
        return [f"ids {[one.id for one in log.samples]}"]
    for read in log.samples:
        one = expected[read.id]
        roles = [(m.role, text_of(m.content)) for m in read.messages]
        if roles != [(m["role"], m["content"]) for m in one["messages"]]:
            wrong.append(f"{read.id}: messages {roles}")
        reasoning = [p.reasoning for m in read.messages if isinstance(m.content, list) for p in m.content if p.type == "reasoning"]
        if reasoning != ["No."]:
            wrong.append(f"{read.id}: reasoning {reasoning}")
        calls = [(c.function, c.arguments) for m in read.messages for c in getattr(m, "tool_calls", None) or []]
        if calls != [("send_email", {"to": "b@firm.com", "body": "no"}), ("note", {"input": "free text"})]:
            wrong.append(f"{read.id}: calls {calls}")
        if read.scores["judge"].value != one["labels"][1]["scores"]:
            wrong.append(f"{read.id}: scores {read.scores['judge'].value}")
        coder = read.scores["coder:ab"]
        if coder.metadata["acts"] != one["labels"][0]["acts"] or coder.explanation != "clear":
            wrong.append(f"{read.id}: acts {coder.metadata}")
        levels = {name: read.metadata[name] for name in ["scenario", *one["condition"]]}
        if levels != {"scenario": "blackmail", **one["condition"]}:
            wrong.append(f"{read.id}: metadata {read.metadata}")
    return wrong


def main() -> int:
    try:
        import inspect_ai
        from inspect_ai.analysis import samples_df
        from inspect_ai.log import read_eval_log
    except ImportError:
        print("skipped: inspect_ai is not installed")
        return 0
    samples = [sample(number) for number in range(10)]
    environment = {**os.environ, "NO_COLOR": "1", "INIT_CWD": str(ROOT)}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "samples.jsonl")
        source.write_text("\n".join(json.dumps(one) for one in samples))
        logs = Path(folder, "2026-01-01T00-00-00_log")
        command = ["deno", "task", "--quiet", "load", str(source), "--to", f"{logs}.json"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
        written = sorted(logs.glob("*.json"))
        wrong = [] if done.returncode == 0 and len(written) == 2 else [f"load: {done.returncode} {done.stderr}"]
        for path in written:
            log = read_eval_log(str(path))
            wrong += problems_of(log, samples)
            tool = Path(sys.executable).parent / "inspect"
            dumped = subprocess.run([tool, "log", "dump", str(path)], capture_output=True, text=True, env=environment)
            if dumped.returncode != 0 or len(json.loads(dumped.stdout)["samples"]) != len(log.samples):
                wrong.append(f"inspect log dump: {dumped.stderr[-300:]}")
        try:
            frame = samples_df(str(logs))
            found = sorted(frame["id"])
            if found != sorted(one["id"] for one in samples):
                wrong.append(f"samples_df: {found}")
        except Exception as error:
            if "optional dependencies" not in str(error):
                raise
            print("skipped: samples_df, as pandas or pyarrow is not installed")
        for line in wrong:
            print(f"WRONG: {line}")
        print(f"inspect_ai {inspect_ai.__version__}, {len(written)} logs, {len(samples)} samples, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
