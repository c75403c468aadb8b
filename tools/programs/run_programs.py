"""Runs the programs below a folder, each by itself, and writes a line of JSON for each: the label values that its counter has counted."""
import contextlib
import importlib
import io
import json
import os
import re
import sys

from prometheus_client import REGISTRY

folder = sys.argv[1]
own = set(REGISTRY._collector_to_names)
for name in sorted(os.listdir(folder), key=int):
    for collector in [each for each in REGISTRY._collector_to_names if each not in own]:
        REGISTRY.unregister(collector)
    for module in [each for each in sys.modules if re.fullmatch(r"main|m\d+", each)]:
        del sys.modules[module]
    sys.path.insert(0, os.path.join(folder, name))
    importlib.invalidate_caches()
    told = {"seed": int(name)}
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            importlib.import_module("main")
    except Exception as error:
        told["error"] = repr(error)
    samples = [sample for metric in REGISTRY.collect() if metric.name == "thing" for sample in metric.samples]
    told["labels"] = {label: sorted({sample.labels[label] for sample in samples if label in sample.labels}) for label in ("kind", "side")}
    sys.path.pop(0)
    print(json.dumps(told), flush=True)
