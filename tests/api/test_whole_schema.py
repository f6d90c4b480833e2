"""The whole document of the API, tried with made-up requests: as an owner, and as somebody outside of the project."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from picking.actions.people.tokens import NewToken, make_token
from picking.actions.projects.deleted_projects import delete_project
from picking.actions.projects.members import NewInvitation, invite
from picking.actions.projects.projects import create_project
from picking.actions.projects.shared_links import share
from picking.api.http.renderers import NpyRenderer
from picking.api.micrographs.uploads import ChunkParser
from picking.models import CoordinateImport, Delivery, Export, Job, Micrograph, Role, Source, Upload, User, Webhook
from picking.wire.export import ExportOptions
from tests.averages import make_averages
from tests.people import People
from tests.trainings import make_training

EXAMPLES = {GenerationMode.POSITIVE: 4, GenerationMode.NEGATIVE: 3}
"""Of each operation: as the document says, and otherwise."""
OF_AN_OUTSIDER = 2
"""What they send hardly matters, as they are refused before it is read."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OF_NO_PROJECT = (
    "/me",
    "/projects",
    "/deleted_projects",
    "/trainings",
    "/folders",
    "/tokens",
    "/tokens/{token_id}",
    "/schema/",
)


schemathesis.serializer.alias([ChunkParser.media_type, NpyRenderer.media_type], "application/octet-stream")


@pytest.fixture
def operations() -> Iterator[list[Any]]:
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # as Django's own client does: the test's transaction is open
    document = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(public=True))
    document.app = get_wsgi_application()
    found: Any = document.get_all_operations()
    yield [each.ok() for each in found]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def ids(people: People, micrograph: Micrograph) -> dict[str, Any]:
    """What stands in the addresses, of the people's project."""
    webhook = Webhook.objects.create(project=people.project, url="https://example.org", events=[])
    deleted = create_project(people.owner, "Old", particle_diameter=160.0)
    delete_project(deleted.pk, people.owner)
    exporting = Job.objects.create(project=people.project, kind=Job.Kind.EXPORT)
    averages = make_averages(people.project)
    return {
        "project_id": people.project.pk,
        "user_id": people.viewer.pk,
        "micrograph_id": micrograph.pk,
        "training_id": make_training(people.project, labels={"particle": 9, "background": 9, "contamination": 0}).pk,
        "source_id": Source.objects.create(project=people.project, kind="imported", name="crYOLO").pk,
        "job_id": Job.objects.create(project=people.project, kind=Job.Kind.IMPORT, status=Job.Status.FAILED).pk,
        "upload_id": str(Upload.objects.create(project=people.project, user=people.owner, name="a", size=10).pk),
        "watched_id": people.project.watched.create(place="/data").pk,
        "import_id": str(CoordinateImport.objects.create(project=people.project, user=people.owner).pk),
        "export_id": Export.objects.create(
            project=people.project, job=exporting, format="csv", options=asdict(ExportOptions("csv"))
        ).pk,
        "webhook_id": webhook.pk,
        "delivery_id": Delivery.objects.create(webhook=webhook, message_id="msg_1", event="ping", body="{}").pk,
        "token_id": 1,
        "deleted_id": micrograph.pk,
        "averages_number": averages.number,
        "other_number": averages.number,
        "class_number": 1,
        "number": people.project.named_snapshots.create(number=1, name="As published").number,
        "deleted_project_id": deleted.pk,
        "invitation_id": invite(people.project.pk, people.owner, NewInvitation(Role.VIEWER))[0].pk,
        "link_id": share(people.project.pk, people.owner, "Referees", timedelta(days=1))[0].pk,
        "comment_id": str(people.project.comments.create(id=uuid4(), author=people.owner, text="?", sequence=1).pk),
    }


def run(operation: Any, mode: GenerationMode, examples: int, user: User, ids: dict[str, Any], check: Any) -> None:
    """Sends so many made-up requests of one operation. Nothing that they change stays."""
    token, text = make_token(user, NewToken("fuzz", Role.OWNER, 1))
    named = {each.name for each in operation.path_parameters}
    cases = operation.as_strategy(mode, path_parameters={name: ids[name] for name in named} or None)

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def send(case: Case[Any]) -> None:
        with transaction.atomic():
            answer = case.call(base_url="http://localhost", headers={"Authorization": f"Bearer {text}"})
            transaction.set_rollback(True)
        check(case, answer)

    try:
        send()
    finally:
        token.delete()  # there are more operations than a person may have tokens


@pytest.mark.parametrize("mode", EXAMPLES)
def test_whatever_an_owner_sends_the_answer_is_one_that_the_document_knows(
    people: People, operations: list[Any], ids: dict[str, Any], mode: GenerationMode
) -> None:
    def check(case: Case[Any], answer: Any) -> None:
        case.validate_response(answer, checks=CHECKS)

    failures = []
    for operation in operations:
        try:
            run(operation, mode, EXAMPLES[mode], people.owner, ids, check)
        except (Exception, FailureGroup) as error:
            failures.append(f"{operation.label}: {error}")
    assert failures == [], "\n\n".join(failures)


def test_whatever_an_outsider_sends_they_get_nothing_of_a_project_and_answers_that_the_document_knows(
    people: People, operations: list[Any], ids: dict[str, Any]
) -> None:
    leaks, failures = set(), []

    def check(case: Case[Any], answer: Any) -> None:
        case.validate_response(answer, checks=CHECKS)
        own = case.operation.path.removeprefix("/api/v1") in OF_NO_PROJECT
        if people.project.name in answer.text or (answer.status_code < 400 and not own):
            leaks.add((case.operation.label, answer.status_code))

    for operation in operations:
        try:
            run(operation, GenerationMode.POSITIVE, OF_AN_OUTSIDER, people.outsider, ids, check)
        except (Exception, FailureGroup) as error:
            failures.append(f"{operation.label}: {error}")
    assert (leaks, failures) == (set(), [])
