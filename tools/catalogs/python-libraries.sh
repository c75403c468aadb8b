#!/bin/sh
# Catalogs of what is instrumented with prometheus_client, from the libraries themselves:
#
#   pip install prometheus_client flower prometheus-fastapi-instrumentator fastapi httpx django django-prometheus 'aioprometheus[starlette]'
#   tools/catalogs/python-libraries.sh [PYTHON]
set -eu
python=${1:-python3}
cd "$(dirname "$0")"
work=$(mktemp -d)

version_of() {
  "$python" -c 'import sys; from importlib.metadata import version; print(version(sys.argv[1]))' "$1"
}

# catalog NAME PACKAGE SOURCE STATEMENTS
catalog() {
  "$python" python-registry.py "$4" > "$work/$1.txt"
  node build.js "$1" --version "$(version_of "$2")" --scrape "$work/$1.txt" \
    --source "$3, every metric recorded once, prometheus_client $(version_of prometheus_client)"
}

catalog python-default prometheus_client \
  "The default registry (process, platform and garbage collector) on Linux with $("$python" --version)" \
  "import prometheus_client"

catalog flower flower "Flower $(version_of flower): flower.events.PrometheusMetrics and the default registry" "
from tornado.options import options
import flower.options
from flower.events import PrometheusMetrics
PrometheusMetrics()
"

catalog prometheus-fastapi-instrumentator prometheus-fastapi-instrumentator \
  "A FastAPI application with the default metrics, the combined size and the requests in progress, after one request" "
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_fastapi_instrumentator import Instrumentator, metrics
app = FastAPI()
Instrumentator(should_instrument_requests_inprogress=True, inprogress_labels=True).instrument(app).add(
    metrics.default()).add(metrics.combined_size()).expose(app)
app.get('/items')(lambda: {})
TestClient(app).get('/items')
"

catalog django-prometheus django-prometheus \
  "The middleware, database, cache, model and migration metrics of django-prometheus $(version_of django-prometheus)" "
from django.conf import settings
settings.configure()
import django_prometheus.cache.metrics, django_prometheus.db.metrics
import django_prometheus.migrations, django_prometheus.models
from django_prometheus.middleware import Metrics
Metrics.get_instance()
"

# aioprometheus has a client of its own.
"$python" - > "$work/aioprometheus.txt" <<'PROGRAM'
from aioprometheus import REGISTRY, MetricsMiddleware, render
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient


def fail(request):
    raise RuntimeError


app = Starlette(routes=[Route("/", lambda request: PlainTextResponse("")), Route("/fail", fail)])
app.add_middleware(MetricsMiddleware)
client = TestClient(app, raise_server_exceptions=False)
client.get("/")
client.get("/fail")
print(render(REGISTRY, ["text/plain"])[0].decode())
PROGRAM
node build.js aioprometheus --version "$(version_of aioprometheus)" --scrape "$work/aioprometheus.txt" \
  --source "A Starlette application with the MetricsMiddleware of aioprometheus $(version_of aioprometheus), after one request that is answered and one that fails"
