"""The settings of browser tests, with trainings that take a moment and learn little."""

from tests.e2e.settings import *  # noqa: F403

CRYOWEB_NETWORKS = {
    "particle": {"steps": 30, "warm_steps": 10, "batch": 6},
    "contamination": {"steps": 20, "warm_steps": 10, "batch": 6},
}
