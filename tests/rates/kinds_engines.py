"""Runs the printed query over a folder of Parquet parts in another engine and writes its answer as Parquet.

python3 kinds_engines.py ENGINE QUERY_FILE FOLDER OUT.parquet; the query counts a table called samples. ENGINE is duckdb,
datafusion, chdb (ClickHouse in process) or pyspark. Exit status 3 where it is not installed, with a word.
"""

import importlib.util
import sys

engine, query_file, folder, out = sys.argv[1:]
if importlib.util.find_spec(engine) is None:
    print(f"{engine} is not installed here")
    sys.exit(3)
query = open(query_file, encoding="utf-8").read()

if engine == "duckdb":
    import duckdb

    duckdb.sql(f"CREATE VIEW samples AS SELECT * FROM read_parquet('{folder}/*.parquet')")
    duckdb.sql(query).write_parquet(out)
elif engine == "datafusion":
    from datafusion import SessionContext

    context = SessionContext()
    context.register_parquet("samples", folder)
    context.sql(query).to_pandas().to_parquet(out)
elif engine == "chdb":
    from chdb import session

    client = session.Session()
    client.query("CREATE DATABASE IF NOT EXISTS kinds")
    client.query(f"CREATE VIEW kinds.samples AS SELECT * FROM file('{folder}/*.parquet', 'Parquet')")
    client.query("USE kinds")
    client.query(f"{query} INTO OUTFILE '{out}' FORMAT Parquet")
elif engine == "pyspark":
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    spark.read.parquet(folder).createOrReplaceTempView("samples")
    spark.sql(query).toPandas().to_parquet(out)
