"""What a user would write instead: one piece of work, measured in its own process. Prints seconds, peak memory and counts.

    python3 theirs.py WORK FILE

The time is that of the work alone: what is imported, and what counts as warm, is not in it. Exit status 3 where the
package is not installed.
"""

import importlib.metadata
import json
import resource
import sys
import time

work, file = sys.argv[1:]


def jsonl_python():
    import pandas

    def run():
        rows = []
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                sample = json.loads(line)
                rows.append(
                    {
                        "id": sample["id"],
                        "model": sample["model"],
                        "goal_conflict": sample["condition"]["goal_conflict"],
                        "harmful": sample["labels"][0]["scores"]["harmful"],
                    }
                )
        frame = pandas.DataFrame(rows)
        return frame.groupby(["model", "goal_conflict"]).harmful.agg(["sum", "count"])["count"].tolist()

    return "pandas", run


def jsonl_polars():
    import polars

    def run():
        frame = polars.scan_ndjson(file).select(
            "model",
            polars.col("condition").struct.field("goal_conflict"),
            polars.col("labels").list.first().struct.field("scores").struct.field("harmful"),
        )
        return frame.group_by("model", "goal_conflict").agg(polars.col("harmful").count()).collect()["harmful"].to_list()

    return "polars", run


def jsonl_duckdb():
    import duckdb

    def run():
        query = f"""SELECT model, condition.goal_conflict, count(labels[1].scores.harmful)
            FROM read_json('{file}', format = 'newline_delimited') GROUP BY ALL"""
        return [row[2] for row in duckdb.sql(query).fetchall()]

    return "duckdb", run


def parquet_duckdb(columns, where):
    import duckdb

    def run():
        query = f"SELECT condition, {columns}, count(*) FROM '{file}' WHERE {where} GROUP BY ALL"
        return [row[-1] for row in duckdb.sql(query).fetchall()]

    return "duckdb", run


def parquet_polars():
    import polars

    def run():
        frame = polars.scan_parquet(file).filter(polars.col("score") == "harmful")
        return frame.group_by("condition", "cluster_id", "yes").agg(polars.len()).collect()["len"].to_list()

    return "polars", run


def log_samples(full):
    from inspect_ai.analysis import SampleMessages, SampleScores, SampleSummary, samples_df

    def run():
        columns = SampleSummary + SampleScores + SampleMessages if full else SampleSummary
        return [len(samples_df(file, columns=columns, quiet=True))]

    return "inspect_ai", run


WORKS = {
    "jsonl_python": jsonl_python,
    "jsonl_polars": jsonl_polars,
    "jsonl_duckdb": jsonl_duckdb,
    # The groups that a rate needs: condition and prompt, with what the question is about.
    "parquet_label_duckdb": lambda: parquet_duckdb("cluster_id, yes", "score = 'harmful'"),
    "parquet_label_polars": parquet_polars,
    "parquet_outcome_duckdb": lambda: parquet_duckdb("cluster_id, acts", "is_first"),
    "log_summaries": lambda: log_samples(False),
    "log_full": lambda: log_samples(True),
}

try:
    package, run = WORKS[work]()
except ImportError as error:
    print(f"{error.name} is not installed")
    sys.exit(3)
start = time.perf_counter()
counts = run()
seconds = time.perf_counter() - start
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
version = f"{package} {importlib.metadata.version(package)}"
print(json.dumps({"seconds": seconds, "megabytes": megabytes, "samples": sum(counts), "version": version}))
