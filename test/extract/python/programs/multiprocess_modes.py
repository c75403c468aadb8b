"""Gauges of every mode, as a multiprocess collector exposes them."""

import os
import tempfile

os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp()

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

Gauge("mode_default", "Each process by itself", ["kind"]).labels(kind="a").set(1)
Gauge("mode_all", "All", multiprocess_mode="all").set(1)
Gauge("mode_liveall", "All that live", multiprocess_mode="liveall").set(1)
Gauge("mode_min", "Minimum", multiprocess_mode="min").set(1)
Gauge("mode_livemin", "Minimum of those that live", multiprocess_mode="livemin").set(1)
Gauge("mode_max", "Maximum", multiprocess_mode="max").set(1)
Gauge("mode_livemax", "Maximum of those that live", multiprocess_mode="livemax").set(1)
Gauge("mode_sum", "Sum", multiprocess_mode="sum").set(1)
Gauge("mode_livesum", "Sum of those that live", multiprocess_mode="livesum").set(1)
Gauge("mode_mostrecent", "The last", multiprocess_mode="mostrecent").set(1)
Gauge("mode_livemostrecent", "The last of those that live", multiprocess_mode="livemostrecent").set(1)
Counter("mode_counted", "No gauge").inc()

registry = CollectorRegistry()
MultiProcessCollector(registry)
print(generate_latest(registry).decode())
