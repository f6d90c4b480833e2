"""What this process counts. Every process shares its counts by the database (picking/heartbeat.py), which adds them up.

Labels have few values: routes as they are declared, kinds, results; never an id, a name or an address of somebody.
"""

import zlib

import orjson
from prometheus_client import CollectorRegistry, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

disable_created_metrics()  # type: ignore[no-untyped-call]  # when a series began says nothing of a sum over processes
REGISTRY = CollectorRegistry()
"""Only of what grows and can be added: counters and histograms."""
REQUEST_SECONDS = Histogram(
    "cryoweb_request_seconds",
    "Time to answer a request, without tiles.",
    ["route", "method", "status"],
    registry=REGISTRY,
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
TILE_SECONDS = Histogram(
    "cryoweb_tile_seconds",
    "Time to answer a request for a tile, a thumbnail, a sheet of crops, a spectrum or a score map.",
    ["kind", "status"],
    registry=REGISTRY,
    buckets=(0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2),
)
JOB_SECONDS = Histogram(
    "cryoweb_job_seconds",
    "Time a worker spent on a job.",
    ["kind", "result"],
    registry=REGISTRY,
    buckets=(0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600),
)

Sample = tuple[str, str, tuple[tuple[str, str], ...]]
"""The metric, the sample's own name, and its labels."""
Counts = dict[Sample, float]


def counts() -> Counts:
    """What this process has counted since it started."""
    return {
        (metric.name, sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for metric in REGISTRY.collect()
        for sample in metric.samples
    }


def added(several: list[Counts]) -> Counts:
    """The sum of what several processes counted."""
    total: Counts = {}
    for each in several:
        for sample, value in each.items():
            total[sample] = total.get(sample, 0) + value
    return total


def since(now: Counts, before: Counts) -> Counts:
    """What was counted after `before`."""
    return {sample: value - before.get(sample, 0) for sample, value in now.items()}


def packed(counted: Counts) -> bytes:
    """As bytes, for the database."""
    return zlib.compress(orjson.dumps([[*sample, value] for sample, value in counted.items()]), 1)


def unpacked(data: bytes) -> Counts:
    """What `packed` packed."""
    rows = orjson.loads(zlib.decompress(data)) if data else []
    return {(metric, name, tuple((label, of) for label, of in labels)): value for metric, name, labels, value in rows}


def exposition(total: Counts, more: list[Metric]) -> bytes:
    """Text for Prometheus: the sums, of the metrics that this release knows, and `more`."""
    known = {each.name: Metric(each.name, each.documentation, each.type) for each in REGISTRY.collect()}
    for (metric, name, labels), value in total.items():
        if metric in known:
            known[metric].add_sample(name, dict(labels), value)
    registry = CollectorRegistry()
    registry.register(_These([*known.values(), *more]))
    return generate_latest(registry)


class _These(Collector):
    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> list[Metric]:
        return self._metrics
