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
    for metric in [metric for collector in REGISTRY._collector_to_names if collector not in own for metric in collector.collect()]:
        told["name"] = f"{metric.name}_total"
        series = [item for sample in metric.samples for item in sample.labels.items()]
        told["labels"] = {label: sorted({value for name, value in series if name == label}) for label, _ in series}
    sys.path.pop(0)
    print(json.dumps(told), flush=True)
