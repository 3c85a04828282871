#!/usr/bin/env bash
# Deno, JupyterLab and the Deno kernel, as the container and .ci/run install them. Then: jupyter lab notebooks
set -euo pipefail
cd "$(dirname "$0")/.."
npm install --global --silent deno@2.9.6
python3 -m pip install --quiet --requirement tests/jupyter.txt
deno jupyter --install --force
