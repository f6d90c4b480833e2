"""The command of a worker process."""

import sys


def worker(name: str, queues: str) -> list[str]:
    """A Celery worker that runs one job at a time in its own process, as CUDA needs it. `queues`: separated by commas.

    On SIGTERM it takes no more jobs, and ends once its job has or was handed back (picking/jobs/draining.py).
    """
    celery = ["celery", "--quiet", "-A", "cryoweb", "worker", "-n", f"{name}@%h", "-Q", queues, "-P", "solo"]
    quiet = ["--loglevel", "warning", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [sys.executable, "-m", *celery, *quiet]
