"""Runs notebooks on the real Deno kernel, from the folder they are in, and stores their outputs in place.

Usage: python3 execute.py DENO NOTEBOOK...

DENO is the deno executable whose kernel runs. A cell that calls `show(` and stores nothing is a failure, and so is any
error; a notebook that fails is left as it was. Needs nbclient (pip install nbclient).
"""

import json
import os
import sys
import tempfile

try:
    import nbformat
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import KernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError
except ImportError as error:
    sys.exit(f"Cannot run notebooks on the Deno kernel as {error.name} is not installed: pip install nbclient")


def kernel_specs(deno, folder):
    """A kernel spec of our own in a temporary folder, so that nothing is installed into the user's."""
    os.makedirs(os.path.join(folder, "deno"))
    argv = [deno, "jupyter", "--kernel", "--conn", "{connection_file}"]
    with open(os.path.join(folder, "deno", "kernel.json"), "w") as file:
        json.dump({"argv": argv, "display_name": "Deno", "language": "typescript", "env": {"NO_COLOR": "1"}}, file)
    return KernelSpecManager(kernel_dirs=[folder], ensure_native_kernel=False)


def run(path, specs):
    """Runs one notebook; returns what is wrong with it, or None after storing its outputs."""
    notebook = nbformat.read(path, as_version=4)
    manager = KernelManager(kernel_name="deno", kernel_spec_manager=specs)
    resources = {"metadata": {"path": os.path.dirname(os.path.abspath(path))}}
    client = NotebookClient(notebook, km=manager, timeout=120, resources=resources, record_timing=False)
    try:
        client.execute()
    except CellExecutionError as error:
        return str(error)
    finally:
        if manager.has_kernel:  # nbclient leaves a kernel that it did not make running
            manager.shutdown_kernel(now=True)
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        shown = [output for output in cell.outputs if output.output_type == "display_data"]
        if "show(" in cell.source and not shown:
            return f"cell {index} shows nothing"
    store(path, notebook)
    return None


def store(path, notebook):
    """Writes the notebook in one form, without anything that differs from run to run. That a cell is folded stays."""
    count = 0
    for cell in notebook.cells:
        cell.metadata = {key: cell.metadata[key] for key in ("jupyter",) if key in cell.metadata}  # whether it is folded
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
        elif not cell.source.endswith("\n"):
            cell.source += "\n"  # without it `deno fmt --check` refuses the cell, and `deno fmt` does not mend it
    notebook.metadata.pop("language_info", None)
    nbformat.validate(notebook)
    with open(path, "w", encoding="utf-8") as file:
        file.write(nbformat.writes(notebook, indent=1, ensure_ascii=False).rstrip("\n") + "\n")


def main(deno, *paths):
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        specs = kernel_specs(deno, os.path.join(folder, "kernels"))
        for index, path in enumerate(paths, 1):
            print(f"[{index}/{len(paths)}] running {os.path.basename(path)} on the Deno kernel", file=sys.stderr, flush=True)
            problem = run(path, specs)
            if problem is not None:
                failed += 1
                print(f"Cannot use {os.path.basename(path)}: {problem}", file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
