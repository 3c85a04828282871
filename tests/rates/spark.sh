#!/usr/bin/env bash
# Counts tables by a real Apache Spark, and compares with what is counted here. Spark comes from PyPI (pyspark, which holds
# its jars and spark-sql) into a temporary environment, unless spark-sql is on the path; without Java it is skipped.
#
#   bash tests/rates/spark.sh [FOLDER]
#
# FOLDER keeps the environment for the next time.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! java -version >/dev/null 2>&1; then
  echo "skipped: Spark needs Java, which is not here"
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! command -v spark-sql >/dev/null; then
  folder=${1:-$work/env}
  [ -x "$folder/bin/spark-sql" ] || { python3 -m venv "$folder" && "$folder/bin/pip" install --quiet 'pyspark==4.3.0'; }
  export PATH="$folder/bin:$PATH"
fi
spark-sql --version 2>&1 | grep -o 'version [0-9.]*' | head -n 1
NO_COLOR=1 deno test --quiet --no-check --no-prompt --allow-read --allow-write --allow-ffi --allow-env=INIT_CWD,NODE_ENV \
  --allow-run=deno --filter "/Spark/" tests/rates/engines_test.ts | tee "$work/log"
! grep -q "skipped: spark-sql" "$work/log"
