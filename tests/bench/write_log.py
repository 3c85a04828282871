"""Writes a log of some samples by the real inspect_ai and its mock model, for the bench: python3 write_log.py FOLDER N."""

import sys

from inspect_ai import Task, eval
from inspect_ai.dataset import Sample
from inspect_ai.scorer import includes
from inspect_ai.solver import generate

folder, samples = sys.argv[1], int(sys.argv[2])
QUESTION = "The migration is scheduled for five in the afternoon, and every team has been told what to expect. "
dataset = [Sample(id=f"s{index}", input=QUESTION * 30, target="Default") for index in range(samples)]
task = Task(dataset=dataset, solver=generate(), scorer=includes(), name="bench")
(log,) = eval(task, model="mockllm/model", log_dir=folder, display="none")
print(log.location)
