"""`make soak`: a long session in which people label while things are killed, paused and stopped at random.

After each fault: is every acknowledged label stored, and once? Does every job end? How soon did the job of a killed
worker go on? Ends with 1 where something is wrong. With a PostgreSQL and a Redis of its own where their programs are
installed, else SQLite. The same seed does the same in the same order; moments differ.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.tables import print_table
from tests.e2e.server import BRIEF, Server
from tests.soak.engines import Postgres, Redis, missing
from tests.soak.faults import FAULTS, Target

INJECTIONS = 100
RECOVERED_WITHIN_SECONDS = 20


@contextmanager
def installation(folder: Path, seed: int) -> Iterator[Target]:
    """The program, started as a user starts it. This process can use its database afterwards."""
    postgres, redis, engines = None, None, {}
    if why := missing():
        print(f"SQLite instead of PostgreSQL and Redis: {why}")
    else:
        folder.chmod(0o755)  # for PostgreSQL's own user
        postgres, redis = Postgres(folder), Redis(folder)
        postgres.start()
        redis.start()
        engines = {"CRYOWEB_DATABASE_URL": postgres.address, "CRYOWEB_REDIS_URL": redis.address}
    server = Server(folder / "data", settings={**BRIEF, "DJANGO_SETTINGS_MODULE": "tests.soak.settings", **engines})
    try:
        server.start("--no-demo")
        os.environ.update(server.environment)
        import django

        django.setup()
        yield Target(server, postgres, redis, random.Random(seed))
    finally:
        server.stop()
        if redis:
            redis.stop()
        if postgres:
            postgres.stop()


def faults(target: Target, number: int, only: list[str]) -> list[str]:
    """Which, one after another. Each of those asked for comes once before any comes again."""
    here = {"stop PostgreSQL": target.postgres, "stop Redis": target.redis}
    possible = [name for name in only or FAULTS if here.get(name, True)]
    first = target.chance.sample(possible, len(possible))
    often = [FAULTS[name][1] for name in possible]
    return [*first, *target.chance.choices(possible, often, k=max(0, number - len(first)))][:number]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("injections", type=int, nargs="?", default=INJECTIONS, help=f"how many ({INJECTIONS})")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", action="append", choices=list(FAULTS), default=[], help="may be given several times")
    asked = parser.parse_args()
    for each in (signal.SIGINT, signal.SIGTERM):  # in the background, too, it ends in order
        signal.signal(each, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder), asked.seed) as target:
        from tests.soak.session import Session

        session = Session(target)
        begun = time.monotonic()
        try:
            for number, name in enumerate(faults(target, asked.injections, asked.only), 1):
                seconds = session.bear(name)
                print(
                    f"{number:5} {time.monotonic() - begun:7.0f} s  {name:16} {seconds:5.1f} s  {session.said()}",
                    flush=True,
                )
        except KeyboardInterrupt:
            print("stopped")
        session.end()
    done = Counter(name for name, _ in session.borne)
    print_table(["", "injections"], [[name, done[name]] for name in FAULTS if done[name]])
    worst = max(session.recoveries, default=0.0)
    print(f"  injections {sum(done.values())}, acknowledged labels {session.acknowledged}")
    bad = (len(session.lost), session.doubled, len(session.stuck), len(session.wrong))
    print("  lost {}, doubled {}, stuck {}, other {}".format(*bad))
    print(f"  jobs whose worker was killed {len(session.recoveries)}, claimed again within {worst:.1f} s")
    for line in [*session.lost, *session.stuck, *session.wrong][:20]:
        print(f"  {line}")
    failed = session.lost or session.doubled or session.stuck or session.wrong or worst > RECOVERED_WITHIN_SECONDS
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
