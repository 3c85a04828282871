"""What a researcher writes in Python to count a file of JSONL, and how long it takes beside `deno task rates`.

    PYTHON_WITH_PANDAS tests/reading/bytes/jsonl_beside_python.py FILE.jsonl
    PYTHON_WITH_PANDAS tests/reading/bytes/jsonl_beside_python.py --samples 10000,100000,1000000 [--rounds 5]

The first counts the file and prints the rates. The second writes a corpus of each size to a temporary folder, runs both
commands on it in turns, each as a process of its own, and prints the medians: seconds on the clock, seconds of processor
time over all threads, the most memory that was resident, and how they grow. Both must count the same.
"""

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LABEL = "harmful"


def count(file: str) -> None:
    import pandas

    rows = []
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            sample = json.loads(line)
            score = sample["labels"][0]["scores"][LABEL]
            rows.append((sample["id"], sample["model"], sample["condition"]["goal_conflict"], score))
    frame = pandas.DataFrame(rows, columns=["id", "model", "goal_conflict", LABEL])
    grouped = frame.groupby(["model", "goal_conflict"], sort=False)[LABEL].agg(["sum", "count"])
    print(json.dumps(sorted([*group, int(k), int(n)] for group, (k, n) in zip(grouped.index, grouped.to_numpy()))))


def counted_here(output: str) -> list:
    rows = json.loads(output)["rows"]
    return sorted([row["group"]["model"], row["group"]["goal_conflict"], row["count"], row["scored"]] for row in rows)


COMMANDS = {
    "python": (lambda file: [sys.executable, __file__, file], json.loads),
    "rates": (
        lambda file: ["deno", "task", "-q", "rates", file, "--by", "model,goal_conflict", "--label", LABEL, "--json"],
        counted_here,
    ),
}


def measured(command: list) -> tuple:
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL, cwd=ROOT)
        _, status, used = os.wait4(process.pid, 0)
        clock = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"ended with {process.returncode}: {' '.join(command)}")
        output.seek(0)
        return (clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024), output.read().decode()


def compare(sizes: list, rounds: int) -> None:
    medians = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = f"{folder}/corpus.jsonl"
            writer = ["deno", "run", "--quiet", "--allow-write", "tests/support/corpus.ts", file, str(size)]
            subprocess.run(writer, check=True, cwd=ROOT)
            taken = {name: [] for name in COMMANDS}
            for _ in range(rounds):
                answers = []
                for name, (command, read) in COMMANDS.items():
                    numbers, output = measured(command(file))
                    taken[name].append(numbers)
                    answers.append(read(output))
                if answers[0] != answers[1]:
                    sys.exit(f"counted otherwise: {answers}")
            print(f"{size} samples, {os.path.getsize(file) / 1e6:.0f} MB, {rounds} rounds in turns")
        for name, numbers in taken.items():
            medians[name, size] = [statistics.median(column) for column in zip(*numbers)]
            clock, processor, memory = medians[name, size]
            print(f"  {name:7} {clock:6.2f} s on the clock {processor:6.2f} s of processor time {memory:5.0f} MB")
        clock, processor = (
            statistics.median(ours[at] / theirs[at] for theirs, ours in zip(taken["python"], taken["rates"]))
            for at in (0, 1)
        )
        print(f"  rates / python, median of the rounds: {clock:.2f} on the clock, {processor:.2f} of processor time")
    for least, most in zip(sizes, sizes[1:]):
        (clock, processor, _), (before, used, _) = medians["rates", most], medians["rates", least]
        grown = [math.log(a / b) / math.log(most / least) for a, b in ((clock, before), (processor, used))]
        print(f"from {least} to {most}: exponent {grown[0]:.2f} on the clock, {grown[1]:.2f} of processor time")


def main(words: list) -> None:
    if words[:1] == ["--samples"]:
        sizes = [int(size) for size in words[1].split(",")]
        compare(sizes, int(words[3]) if words[2:3] == ["--rounds"] else 5)
    elif len(words) == 1:
        count(words[0])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
