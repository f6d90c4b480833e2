"""How long a start takes, from the command to the printed link, with the data in place."""

import time

from tests.bench.installation import Installation


def run(installed: Installation) -> None:
    server = installed.server
    server.stop()
    begun = time.perf_counter()
    server.start("--no-demo")
    print(f"\nStart with the data in place: up after {time.perf_counter() - begun:.1f} s")
