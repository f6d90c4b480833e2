"""The rows of CryoWeb, one noun a file; marks stand together."""

from picking.models.assignment import Assignment
from picking.models.averages import Averages
from picking.models.checkpoint import Checkpoint
from picking.models.comment import Comment, Mention, ThreadRead
from picking.models.coordinate_import import CoordinateImport
from picking.models.ctf import Ctf
from picking.models.diameter import SuggestedDiameter
from picking.models.disk_use import DiskUse
from picking.models.event import Event
from picking.models.export import Export
from picking.models.job import Job
from picking.models.kept_answer import KeptAnswer
from picking.models.marks import Label, Region, Verdict
from picking.models.micrograph import Micrograph
from picking.models.named_snapshot import NamedSnapshot
from picking.models.people.attempt import FailedAttempt
from picking.models.people.invitation import Invitation
from picking.models.people.membership import Membership, Right, Role
from picking.models.people.shared_link import SharedLink
from picking.models.people.token import Token
from picking.models.people.user import User
from picking.models.picks import PickSet
from picking.models.process import Process
from picking.models.project import Project
from picking.models.reference import Reference
from picking.models.source import Source
from picking.models.training import Training
from picking.models.upload import Upload
from picking.models.watched import WatchedFile, WatchedFolder
from picking.models.webhook import Delivery, Webhook

__all__ = [
    "Assignment",
    "Averages",
    "Checkpoint",
    "Comment",
    "CoordinateImport",
    "Ctf",
    "Delivery",
    "DiskUse",
    "Event",
    "Export",
    "FailedAttempt",
    "Invitation",
    "Job",
    "KeptAnswer",
    "Label",
    "Membership",
    "Mention",
    "Micrograph",
    "NamedSnapshot",
    "PickSet",
    "Process",
    "Project",
    "Reference",
    "Region",
    "Right",
    "Role",
    "SharedLink",
    "Source",
    "SuggestedDiameter",
    "ThreadRead",
    "Token",
    "Training",
    "Upload",
    "User",
    "Verdict",
    "WatchedFile",
    "WatchedFolder",
    "Webhook",
]
