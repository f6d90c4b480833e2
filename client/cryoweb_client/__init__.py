"""CryoWeb from Python: sign in, create, import, label, train, wait, pick, export.

>>> from cryoweb_client import CryoWeb
>>> project = CryoWeb().project("Thermosome")  # signed in by `cryoweb signin`
>>> project.train()
>>> project.wait()
>>> picks = project.picks()

Coordinates are particle centres in pixels of the stored micrograph: x to the right, y from its first row, from 0.
"""

from cryoweb_client.coordinates import Coordinates
from cryoweb_client.errors import CryoWebError, JobFailed, NotReached, NotSignedIn, Problem
from cryoweb_client.labels import Label, read_labels
from cryoweb_client.picks import Pick
from cryoweb_client.progress import Progress, bar
from cryoweb_client.project import Project
from cryoweb_client.server import CryoWeb

__all__ = [
    "Coordinates",
    "CryoWeb",
    "CryoWebError",
    "JobFailed",
    "Label",
    "NotReached",
    "NotSignedIn",
    "Pick",
    "Problem",
    "Progress",
    "Project",
    "bar",
    "read_labels",
]
