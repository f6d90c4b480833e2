"""What Prometheus reads: the counts of all processes together, and how things are now. Only with the token."""

import re
import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.core import GaugeMetricFamily, Metric

from picking.live.alive import heart
from picking.models import Process
from picking.queries.server.server import counted, heard, processes, queues
from picking.room import says_full
from picking.server.metrics import exposition


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Not there at all unless the server has a token for it."""
    token = settings.CRYOWEB_METRICS_TOKEN
    if not token:
        raise Http404
    given = re.fullmatch(r"(?i:bearer) +(\S+)", request.headers.get("Authorization", ""))
    if given is None or not constant_time_compare(given[1], token):
        answer = HttpResponse("Send the header “Authorization: Bearer …” with CRYOWEB_METRICS_TOKEN.\n", status=401)
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    try:
        heart.beat()  # what this process counts is told up to now
    except DatabaseError as error:
        if not says_full(error):
            raise
    return HttpResponse(exposition(counted(), [*_now()]), content_type=CONTENT_TYPE_LATEST)


def _now() -> Iterator[Metric]:
    """From the database: whichever process is asked, it says the same."""
    alive = [each for each in processes() if heard(each)]
    yield from _of_queues()
    sockets = GaugeMetricFamily("cryoweb_open_sockets", "Windows that have a project open.")
    sockets.add_metric([], sum(each.sockets for each in alive))
    running = GaugeMetricFamily("cryoweb_processes", "Processes that said lately that they live.", labels=["role"])
    for role in (Process.Role.WEB, Process.Role.WORKER):
        running.add_metric([role.value], sum(each.role == role for each in alive))
    yield from (sockets, running, *_of_devices(alive), *_of_the_disk())


def _of_queues() -> Iterator[Metric]:
    words = {
        "waiting": ("cryoweb_queue_jobs", "Jobs that wait."),
        "age": ("cryoweb_queue_oldest_seconds", "How long the oldest waiting job has waited."),
        "running": ("cryoweb_running_jobs", "Jobs that are worked on."),
    }
    found = queues()
    for what, (name, said) in words.items():
        family = GaugeMetricFamily(name, said, labels=["queue"])
        for each in found:
            family.add_metric([each.kind], getattr(each, what))
        yield family


def _of_devices(alive: list[Process]) -> Iterator[Metric]:
    """Of graphics cards. Two workers may share one: each tells of all of its memory."""
    for what in ("used", "total"):
        name, said = f"cryoweb_gpu_memory_{what}_bytes", f"Memory of a worker’s graphics card: {what}."
        family = GaugeMetricFamily(name, said, labels=["worker", "card", "device"])
        for process in alive:
            for number, device in enumerate(process.devices):
                if device["kind"] != "cpu":
                    family.add_metric([process.name, str(number), device["name"]], device[what])
        yield family


def _of_the_disk() -> Iterator[Metric]:
    disk = shutil.disk_usage(settings.CRYOWEB_DATA)
    for what in ("free", "total"):
        family = GaugeMetricFamily(f"cryoweb_disk_{what}_bytes", f"Of the disk of CRYOWEB_DATA: {what}.")
        family.add_metric([], getattr(disk, what))
        yield family
