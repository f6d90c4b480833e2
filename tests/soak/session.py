"""The session: three people who label, and jobs of both workers; what must hold after each fault."""

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar
from uuid import uuid4

from django.db import Error, connection
from django.test import Client

from picking.actions.jobs.exports import start_export
from picking.actions.jobs.jobs import ACTIVE
from picking.actions.jobs.owners import has_ended
from picking.actions.jobs.trainings import start_training
from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import PutLabel
from picking.actions.micrographs.imports import import_in_place
from picking.actions.projects.members import add_member
from picking.actions.projects.projects import create_project
from picking.models import Event, Job, Label, Micrograph, Role, User
from picking.refusals import Refused
from picking.wire import ExportOptions
from tests.conftest import DISCS, noisy_discs, write_mrc
from tests.e2e.server import PEOPLE
from tests.soak.faults import FAULTS, Target
from tests.soak.labeller import Labeller

SIDE = 512
MICROGRAPHS = 3
PAUSE_SECONDS = 0.2
GOES_ON_WITHIN_SECONDS = 60
ENDS_WITHIN_SECONDS = 180
LONGEST_WAIT_SECONDS = 2.0
"""A fault comes at any moment this long after new work."""

Answer = TypeVar("Answer")


def patiently(ask: Callable[[], Answer]) -> Answer:
    """What the database answers, as soon as it does."""
    until = time.monotonic() + GOES_ON_WITHIN_SECONDS
    while True:
        try:
            return ask()
        except Error:
            connection.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


class Session:
    """`lost`, `doubled`, `stuck`, `wrong`: what should not be; `recoveries`: seconds until killed jobs went on."""

    def __init__(self, target: Target) -> None:
        self._target, self._jobs = target, set[int]()
        self.borne: list[tuple[str, float]] = []
        self.lost: list[str] = []
        self.stuck: list[str] = []
        self.wrong: list[str] = []
        self.recoveries: list[float] = []
        self.doubled = 0
        self._said = 0
        self._checked = set[str]()
        self._users = [User.objects.create_user(name) for name in PEOPLE]
        self._labelled, self._worked_on = (self._project(name) for name in ("Labelled", "Worked on"))
        self._give_examples()
        self._labellers = self._people()

    def _project(self, name: str) -> int:
        """With everybody in it, and micrographs."""
        owner, *others = self._users
        project = create_project(owner, name, particle_diameter=144.0, pixel_size=4.0).pk
        for user in others:
            add_member(project, owner, user.username, Role.MANAGER)
        folder = self._target.server.data.parent / "raw" / name
        files = [write_mrc(folder / f"{each}.mrc", noisy_discs(each, side=SIDE), 4.0) for each in range(MICROGRAPHS)]
        import_in_place(project, owner, files)
        there = Micrograph.objects.filter(project=project)
        self._wait_for(lambda: there.count() == MICROGRAPHS, "the micrographs are not imported")
        return project

    def _give_examples(self) -> None:
        """Of the project that is trained, always the same: a training takes as long at the end as at the beginning."""
        micrograph = Micrograph.objects.filter(project=self._worked_on)[0]
        places = [("particle", x, y) for x, y in DISCS.tolist() if max(x, y) < SIDE - 40]
        places += [("background", x + 60, y + 60) for _, x, y in places if max(x, y) < SIDE - 100]
        puts = [PutLabel(uuid4(), uuid4(), micrograph.pk, kind, x, y) for kind, x, y in places]
        apply_operations(self._worked_on, self._users[0], puts)

    def _people(self) -> list[Labeller]:
        micrographs = list(Micrograph.objects.filter(project=self._labelled).values_list("pk", flat=True))
        people = []
        for user in self._users:
            client = Client()
            client.force_login(user)
            session = client.cookies["sessionid"].value
            address = self._target.server.address
            people.append(Labeller(address, session, self._labelled, micrographs, PAUSE_SECONDS))
            people[-1].start()
        return people

    @property
    def acknowledged(self) -> int:
        return sum(len(each.acknowledged) for each in self._labellers)

    def said(self) -> str:
        """How it stands, and what went wrong since this was last asked."""
        bad = [*self.lost, *self.stuck, *self.wrong, *["a label is stored twice"] * self.doubled]
        new, self._said = bad[self._said :], len(bad)
        return "\n    ".join([f"{self.acknowledged} labels, {len(self._jobs)} jobs", *new])

    def bear(self, name: str) -> float:
        """One fault while there is work; returns the seconds until all goes on."""
        patiently(partial(self._work, trains="trainer" in name or name == "kill everything"))
        time.sleep(self._target.chance.uniform(0, LONGEST_WAIT_SECONDS))
        hit = patiently(self._running) if name.startswith("kill ") else {}
        begun = time.monotonic()
        FAULTS[name][0](self._target)
        done = time.monotonic()
        interrupted = {pk: fence for pk, (owner, fence) in hit.items() if has_ended(owner)}
        while interrupted and time.monotonic() < begun + ENDS_WITHIN_SECONDS:
            time.sleep(0.1)
            for pk in patiently(lambda: self._gone_on(interrupted)):
                del interrupted[pk]
                self.recoveries.append(time.monotonic() - begun)
        self._wait_for(
            lambda: all(each.last_acknowledged > done for each in self._labellers),
            f"after {name}, not everybody can label",
        )
        self._wait_for_jobs(name)
        patiently(self._check)
        took = time.monotonic() - begun
        self.borne.append((name, took))
        return took

    def end(self) -> None:
        for each in self._labellers:
            each.stop()
            self.wrong += each.wrong
        self._checked.clear()
        patiently(self._check)

    def _work(self, trains: bool) -> None:
        """An export for one worker; a training for the other where it is to be disturbed."""
        owner = self._users[0]
        if not Job.objects.filter(kind=Job.Kind.EXPORT, status__in=ACTIVE).exists():
            start_export(self._worked_on, owner, ExportOptions(format="csv"))
        learning = Job.objects.filter(kind__in=(Job.Kind.TRAIN, Job.Kind.PICK), status__in=ACTIVE)
        if trains and not learning.exists():
            try:
                start_training(self._worked_on, owner)
            except Refused as why:
                self.wrong.append(f"no training can be started: {why}")
        self._jobs |= set(Job.objects.filter(status__in=ACTIVE).values_list("pk", flat=True))

    def _running(self) -> dict[int, tuple[str, int]]:
        """Job -> who does it, and its fence."""
        return {job.pk: (job.owner, job.fence) for job in Job.objects.filter(status=Job.Status.RUNNING)}

    def _gone_on(self, interrupted: dict[int, int]) -> list[int]:
        """Those that were claimed again, or have ended: their worker was quicker than the fault."""
        there = Job.objects.filter(pk__in=interrupted)
        return [job.pk for job in there if job.fence > interrupted[job.pk] or job.status not in ACTIVE]

    def _wait_for(self, what: Callable[[], bool], otherwise: str) -> None:
        until = time.monotonic() + GOES_ON_WITHIN_SECONDS
        while not patiently(what):
            if time.monotonic() > until:
                self.stuck.append(otherwise)
                return
            time.sleep(0.1)

    def _wait_for_jobs(self, name: str) -> None:
        """What people wait for; a validation gives way to all else."""
        active = Job.objects.filter(pk__in=self._jobs, status__in=ACTIVE).exclude(kind=Job.Kind.VALIDATE)
        until = time.monotonic() + ENDS_WITHIN_SECONDS
        while left := patiently(lambda: list(active.all())):
            if time.monotonic() > until:
                self.stuck += [f"after {name}: {job} of {job.owner}, claimed {job.fence} times" for job in left]
                self._jobs -= {job.pk for job in left}
                return
            time.sleep(0.2)

    def _check(self) -> None:
        """Of everything acknowledged since the last look; of all at the end."""
        stored_now = Label.objects.filter(micrograph__project=self._labelled).count()
        told = {operation: label for each in self._labellers for operation, label in each.acknowledged.copy().items()}
        new = {operation: label for operation, label in told.items() if operation not in self._checked}
        stored = {str(pk) for pk in Label.objects.filter(pk__in=new.values()).values_list("pk", flat=True)}
        events = list(Event.objects.filter(operation__in=new).values_list("operation", flat=True))
        self.lost += [f"label {label} is lost" for label in new.values() if label not in stored]
        self.lost += [f"the event of {each} is lost" for each in new.keys() - {str(each) for each in events}]
        self.doubled += len(events) - len(set(events))
        failed = Job.objects.filter(pk__in=self._jobs, status=Job.Status.FAILED, dismissed=False)
        for job in failed:
            self.wrong.append(f"{job.kind} {job.pk} failed: {job.error}")
            self._jobs.discard(job.pk)
        self._checked |= new.keys()
        most = len(told) + len(self._labellers)
        if stored_now > most:
            self.doubled += 1
