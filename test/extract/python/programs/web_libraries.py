"""What records requests, set up in the ways its users do. Prints each metric that is registered: type, name, bounds and labels."""
from flask import Flask
from prometheus_client import REGISTRY
from prometheus_fastapi_instrumentator import Instrumentator, metrics
from prometheus_flask_exporter import NO_PREFIX, PrometheusMetrics
from starlette.applications import Starlette
from starlette_exporter import PrometheusMiddleware
import starlette_prometheus

shop = Starlette()
Instrumentator().instrument(shop, metric_namespace="shop", metric_subsystem="api").expose(shop)
shop.build_middleware_stack()

desk = Starlette()
instrumentator = Instrumentator(should_instrument_requests_inprogress=True, inprogress_name="desk_open", inprogress_labels=True)
instrumentator.add(metrics.latency(metric_namespace="desk", buckets=(0.1, 1)))
instrumentator.add(metrics.request_size(metric_name="desk_request_bytes", should_include_handler=False))
instrumentator.add(metrics.response_size(metric_name="desk_response_bytes", custom_labels={"team": "a"}))
instrumentator.add(metrics.combined_size(metric_subsystem="desk"), metrics.requests(metric_name="desk_requests", should_include_status=False))
instrumentator.instrument(desk)
desk.build_middleware_stack()

depot = Starlette()
depot.add_middleware(PrometheusMiddleware, app_name="depot", prefix="depot", labels={"site": "b"})
depot.add_middleware(starlette_prometheus.PrometheusMiddleware)
depot.build_middleware_stack()

till = PrometheusMetrics(Flask("till"), group_by="endpoint", default_labels={"shop": "c"})
till.info("till_info", "Version", version="1.0")


@till.counter("till_sales", "Sales", labels={"kind": lambda: "cash"})
@till.histogram("till_seconds", "Time")
def sell():
    return ""


def by_page(request):
    return request.path


lane = Starlette()
Instrumentator().instrument(lane, metric_namespace="lane", latency_lowr_buckets=(2, 4))
lane.build_middleware_stack()

wharf_app = Flask("wharf")
wharf = PrometheusMetrics(wharf_app, export_defaults=False)
with wharf_app.app_context():
    wharf.export_defaults(prefix="wharf", buckets=(3, 6))

store = PrometheusMetrics.for_app_factory(defaults_prefix=NO_PREFIX, default_latency_as_histogram=False, group_by=by_page)
store.init_app(Flask("store"))

if __name__ == "__main__":
    middleware = depot.middleware_stack or depot.build_middleware_stack()
    while not isinstance(middleware, PrometheusMiddleware):
        middleware = middleware.app
    made = [middleware.request_count, middleware.request_time, middleware.requests_in_progress]
    for collector in list(REGISTRY._collector_to_names):
        if hasattr(collector, "_labelnames"):
            bounds = [bound for bound in collector._kwargs.get("buckets", []) if bound != float("inf")]
            print(collector._type, collector._name, *[f"{bound:g}" for bound in bounds], *sorted(collector._labelnames))
