"""The schema of the API, for programs."""

from typing import Any

import pytest
from django.contrib.staticfiles import finders
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from picking.api.urls import urlpatterns
from tests.people import People


@pytest.fixture
def schema() -> Any:
    return SchemaGenerator().get_schema(public=True)


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 200), ("member", 200), ("viewer", 200), ("outsider", 200), ("anonymous", 401)]
)
def test_everyone_who_is_signed_in_reads_it(people: People, who: str, status: int) -> None:
    answer = people.client(who).get("/api/v1/schema/")
    assert answer.status_code == status
    if status == 200:
        assert answer.json()["openapi"].startswith("3.1")


def test_it_is_made_without_a_warning(schema: Any) -> None:
    assert not GENERATOR_STATS, "see above what drf-spectacular warns of"


def test_it_is_openapi(schema: Any) -> None:
    validate_schema(schema)


def test_it_has_every_address_but_its_own_and_those_that_are_not_there(schema: Any) -> None:
    assert len(schema["paths"]) == len(urlpatterns) - 3


def test_every_answer_but_an_empty_one_says_its_shape(schema: Any) -> None:
    unsaid = [
        f"{method} {path}"
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        for status, answer in operation["responses"].items()
        if status not in {"204", "304"}
        and not all(each["schema"] for each in answer.get("content", {"": {"schema": {}}}).values())
    ]
    assert unsaid == []


def test_it_tells_what_the_socket_carries(schema: Any) -> None:
    shapes = schema["components"]["schemas"]
    assert {"Message", "LookMessage", "LabelPut"} <= shapes.keys()
    assert {"$ref": "#/components/schemas/LabelPut"} in shapes["Told"]["properties"]["event"]["anyOf"]


def test_people_read_it_as_a_page_that_needs_no_other_server(people: People) -> None:
    page = people.client("outsider").get("/api/v1/docs").content.decode()
    scripts = [part.split('"')[0] for part in page.split('src="')[1:]]
    assert scripts
    assert all(script.startswith("/static/") and finders.find(script.removeprefix("/static/")) for script in scripts)


def test_the_page_asks_those_who_are_not_signed_in_to_do_so(people: People) -> None:
    answer = people.client("anonymous").get("/api/v1/docs")
    assert (answer.status_code, answer["Location"]) == (302, "/signin?next=/api/v1/docs")
