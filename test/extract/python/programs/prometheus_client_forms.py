"""Every way to make a metric that prometheus_client has; prints what it then exposes."""

import functools
import sys
from enum import Enum as PythonEnum

import prometheus_client as prom
from prometheus_client import CollectorRegistry, Counter, Enum, Gauge, Histogram, Info, Summary, generate_latest
from prometheus_client import Counter as RenamedCounter
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
    StateSetMetricFamily,
    SummaryMetricFamily,
    UnknownMetricFamily,
    UntypedMetricFamily,
)
from prometheus_client.metrics import Gauge as CoreGauge
from prometheus_client.utils import INF

REGISTRY = CollectorRegistry()
COMMON = ["env"]


class Status(PythonEnum):
    OK = "ok"
    FAILED = "failed"


# Counters
counter_plain = Counter("forms_counter", "Plain", registry=REGISTRY)
counter_total = Counter("forms_counter_written_total", "With its suffix", registry=REGISTRY)
counter_labels = Counter("forms_counter_labels", "Labels by position", ["kind", "status"], registry=REGISTRY)
counter_keyword = Counter(
    name="forms_counter_keyword", documentation="By keyword", labelnames=("status",), registry=REGISTRY
)
counter_all = RenamedCounter("requests", "All parts of a name", [*COMMON, "code"], "forms", "http", "calls", REGISTRY)
counter_unit = prom.Counter("forms_sent_total", "Unit after the suffix", unit="bytes", registry=REGISTRY)
counter_named_unit = prom.Counter("forms_read_bytes", "Unit there already", unit="bytes", registry=REGISTRY)

# Gauges
gauge_plain = Gauge("forms_gauge", "Plain", registry=REGISTRY)
gauge_mode = Gauge("forms_gauge_mode", "With a mode", COMMON + ["host"], registry=REGISTRY, multiprocess_mode="livesum")
gauge_core = CoreGauge("gauge_core", "From metrics", namespace="forms", registry=REGISTRY)
gauge_function = Gauge("forms_gauge_function", "Called", registry=REGISTRY)
gauge_function.set_function(lambda: 3)

# Histograms and summaries
histogram_plain = Histogram("forms_histogram", "Default buckets", registry=REGISTRY)
histogram_buckets = Histogram("forms_histogram_seconds", "Own", ["route"], buckets=(0.5, 1, INF), registry=REGISTRY)
histogram_negative = Histogram("forms_temperature", "Negative", buckets=[-10, 0, 10], registry=REGISTRY)
summary_plain = Summary("forms_summary", "Plain", registry=REGISTRY)
summary_labels = Summary("summary", "Labels", ["route"], namespace="forms", unit="seconds", registry=REGISTRY)

# Info and Enum
info_plain = Info("forms_build", "Info", registry=REGISTRY)
info_plain.info({"version": "1.2.3", "commit": "abc"})
info_labels = Info("forms_part", "Info with labels", ["part"], registry=REGISTRY)
info_labels.labels("engine").info({"version": "2"})
enum_plain = Enum("forms_state", "State", states=["starting", "running"], registry=REGISTRY)
enum_labels = Enum("state", "State", ["task"], namespace="forms", subsystem="task", states=("on", "off"), registry=REGISTRY)

# Tables, wrappers, subclasses
by_event = {
    event: Counter(f"forms_event_{event}", text, ["queue"], registry=REGISTRY)
    for event, text in {"sent": "Sent", "failed": "Failed"}.items()
}
make_gauge = functools.partial(Gauge, registry=REGISTRY)
gauge_partial = make_gauge("forms_partial", "Through partial", ["zone"])


def make_counter(name, *labels):
    return Counter("forms_made_" + name, "Made", labels, registry=REGISTRY)


made = make_counter("jobs", "queue", "priority")


class RegisteredGauge(Gauge):
    def __init__(self, name, help_text):
        super().__init__("forms_own_%s" % name, help_text, registry=REGISTRY)


own = RegisteredGauge("depth", "Subclass")


class Collector:
    def collect(self):
        yield GaugeMetricFamily("forms_family_gauge", "Gauge", value=7)
        counter = CounterMetricFamily("forms_family_counter", "Counter", labels=["shard"])
        counter.add_metric(["a"], 1)
        counter.add_metric(["b"], 2)
        yield counter
        yield CounterMetricFamily("forms_family_written_total", "With its suffix", value=1)
        histogram = HistogramMetricFamily("forms_family_histogram", "Histogram", labels=["shard"])
        histogram.add_metric(["a"], buckets=[("0.5", 1), ("+Inf", 2)], sum_value=3)
        yield histogram
        summary = SummaryMetricFamily("forms_family_summary", "Summary", labels=["shard"])
        summary.add_metric(["a"], count_value=1, sum_value=2)
        yield summary
        yield InfoMetricFamily("forms_family_info", "Info", value={"version": "1"})
        states = StateSetMetricFamily("forms_family_states", "States", labels=["shard"])
        states.add_metric(["a"], {"up": True, "down": False})
        yield states
        yield UnknownMetricFamily("forms_family_unknown", "Unknown", value=1)
        yield UntypedMetricFamily("forms_family_untyped", "Untyped", value=1)
        yield GaugeMetricFamily("forms_family_unit", "Unit", value=1, unit="bytes")
        metric = Metric("forms_family_metric", "By hand", "gauge")
        metric.add_sample("forms_family_metric", {"shard": "a"}, 1)
        yield metric


REGISTRY.register(Collector())


def record(status: Status):
    counter_keyword.labels(status=status.value).inc()
    counter_labels.labels("batch", status.value).inc()


def run():
    counter_plain.inc()
    counter_total.inc(2)
    for status in Status:
        record(status)
    counter_all.labels(env="prod", code=200).inc()
    counter_unit.inc()
    counter_named_unit.inc()
    gauge_plain.set(1)
    gauge_mode.labels("prod", "h1").inc()
    gauge_core.dec()
    histogram_plain.observe(1)
    with histogram_buckets.labels(route="/").time():
        pass
    histogram_negative.observe(-3)
    summary_plain.observe(1)
    summary_labels.labels("/").observe(2)
    enum_plain.state("running")
    enum_labels.labels(task="a").state("on")
    for event in ("sent", "failed"):
        by_event[event].labels(queue="mail").inc()
    gauge_partial.labels("z1").set_to_current_time()
    made.labels("mail", "high").inc()
    own.set(3)


if __name__ == "__main__":
    run()
    sys.stdout.write(generate_latest(REGISTRY).decode())
