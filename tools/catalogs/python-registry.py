"""Prints what a prometheus_client registry exposes once every labelled metric has been recorded.

    python-registry.py STATEMENTS

STATEMENTS create the metrics; where they leave a variable `registry`, that one is printed, else the default registry.
Each labelled metric gets one child with an empty value for each label, so that the label names show.
"""

import sys

from prometheus_client import REGISTRY, generate_latest

scope = {}
exec(sys.argv[1], scope)  # The statements come from the scripts beside this one.
registry = scope.get("registry", REGISTRY)
for collector in list(registry._collector_to_names):
    names = getattr(collector, "_labelnames", ())
    if names:
        collector.labels(*[""] * len(names))
print(generate_latest(registry).decode())
