"""Tiles at eight connections, beside a small page of Django's."""

import http.client
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.bench.installation import Installation, percentiles

CONNECTIONS = 8
ROUNDS = 5


def run(installed: Installation) -> None:
    snapshot = installed.anna.snapshot(installed.project)
    start = f"{snapshot['tiles']}/{snapshot['micrographs'][0]['key']}"
    paths = [f"{start}/0/{x}_{y}.jpg" for x in range(8) for y in range(8)]
    paths += [f"{start}/1/{x}_{y}.jpg" for x in range(4) for y in range(4)]
    cookies = installed.anna.http.storage_state()["cookies"]
    headers = {"Host": "localhost", "Cookie": "; ".join(f"{each['name']}={each['value']}" for each in cookies)}
    print(f"\nTiles of 512 × 512, {CONNECTIONS} connections")
    uncached, _ = fetch(installed.server.port, paths, headers)
    print(f"  uncached               {percentiles(uncached)}")
    cached, per_second = fetch(installed.server.port, paths * ROUNDS, headers)
    print(f"  cached                 {percentiles(cached)}   {per_second:.0f}/s")
    stranger = {"Host": "localhost"}
    django, django_per_second = fetch(installed.server.port, ["/signin"] * len(paths) * ROUNDS, stranger)
    print(f"  compare: a Django page {percentiles(django)}   {django_per_second:.0f}/s")
    print(f"  cached tiles a second / Django answers a second: {per_second / django_per_second:.1f}")


def fetch(port: int, paths: Sequence[str], headers: Mapping[str, str]) -> tuple[list[float], float]:
    """Milliseconds of each request, and requests a second, over kept-alive connections."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        parts = pool.map(lambda number: fetch_in_turn(port, paths[number::CONNECTIONS], headers), range(CONNECTIONS))
        times = [each for part in parts for each in part]
    return times, len(times) / (time.perf_counter() - begun)


def fetch_in_turn(port: int, paths: Sequence[str], headers: Mapping[str, str]) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    times = []
    for path in paths:
        begun = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        times.append(1000 * (time.perf_counter() - begun))
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
    connection.close()
    return times
