"""The schema of the API, for programs."""

import re
from typing import Any
from uuid import uuid4

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


WHOLE_LISTS = {
    "/api/v1/trainings": "a menu to choose from, with one row for each project of the person",
    "/api/v1/projects/{project_id}/webhooks": "few, as each is made by hand",
}
"""Lists that come without pages, and why."""


def answers(schema: Any, method: str, status: str) -> dict[str, tuple[set[str], Any]]:
    """The names of the parameters, and the shape of the JSON, of what can be answered so, by its address."""
    found = {}
    for path, methods in schema["paths"].items():
        operation = methods.get(method, {"responses": {}})
        if status in operation["responses"]:
            content = operation["responses"][status].get("content", {})
            shape = content.get("application/json", {}).get("schema", {})
            known = schema["components"]["schemas"].get(shape.get("$ref", "").rpartition("/")[2], shape)
            found[path] = ({each["name"] for each in operation.get("parameters", [])}, known)
    return found


def test_all_that_creates_takes_a_key(schema: Any, people: People) -> None:
    made = answers(schema, "post", "201")
    assert len(made) > 10
    assert [path for path, (parameters, _) in made.items() if "Idempotency-Key" not in parameters] == []
    for path in made:
        address = re.sub(r"{\w+}", str(uuid4()) if "import_id" in path else "1", path)
        answer = people.client("owner").post(address, {}, format="json", headers={"Idempotency-Key": "x" * 256})
        assert [each["field"] for each in answer.json()["errors"]] == ["Idempotency-Key"], path


def test_all_lists_come_in_pages_and_are_not_sent_again_unchanged(schema: Any) -> None:
    got = answers(schema, "get", "200")
    assert {path for path, (_, shape) in got.items() if shape.get("type") == "array"} == WHOLE_LISTS.keys()
    pages = {path: names for path, (names, shape) in got.items() if "results" in shape.get("properties", {})}
    assert len(pages) > 8
    lacking = {path: {"limit", "cursor", "If-None-Match"} - names for path, names in pages.items()}
    assert {path: names for path, names in lacking.items() if names} == {}


def test_it_tells_what_the_socket_carries(schema: Any) -> None:
    shapes = schema["components"]["schemas"]
    assert {"Message", "LookMessage", "LabelPut"} <= shapes.keys()
    assert {"$ref": "#/components/schemas/LabelPut"} in shapes["Told"]["properties"]["event"]["anyOf"]


def test_people_read_it_as_a_page_that_needs_no_other_server(people: People) -> None:
    page = people.client("outsider").get("/api/v1/docs").content.decode()
    scripts = [part.split('"')[0] for part in page.split('src="')[1:]]
    *files, start = scripts
    assert files
    assert all(script.startswith("/static/") and finders.find(script.removeprefix("/static/")) for script in files)
    script = people.client("outsider").get(start)
    assert script["Content-Type"] == "application/javascript"
    assert "SwaggerUIBundle" in script.content.decode()


def test_the_page_asks_those_who_are_not_signed_in_to_do_so(people: People) -> None:
    answer = people.client("anonymous").get("/api/v1/docs")
    assert (answer.status_code, answer["Location"]) == (302, "/signin?next=/api/v1/docs")
