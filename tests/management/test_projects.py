"""How commands find and make projects."""

import pytest
from django.core.management.base import CommandError

from picking.management.projects import project_of
from picking.models import Project, User
from tests.management.test_commands import run
from tests.people import People, make_people


def test_a_project_is_found_by_its_number_and_by_its_name(people: People) -> None:
    assert project_of(str(people.project.pk)) == project_of("β-galactosidase") == people.project


def test_a_name_in_another_spelling_is_found(db: None) -> None:
    project = make_people("Größe").project
    assert project_of("Gro\u0308ße".replace("o\u0308", "ö")) == project
    assert project_of("Gro\u0308ße") == project


def test_a_name_of_digits_is_found_where_no_project_has_that_number(db: None) -> None:
    project = make_people("20240501").project
    assert project_of("20240501") == project


def test_projects_of_one_name_are_listed_with_their_numbers(db: None) -> None:
    numbers = [make_people("Twice").project.pk for _ in range(2)]
    with pytest.raises(CommandError, match=f"{numbers[0]}, {numbers[1]}"):
        project_of("Twice")


def test_a_part_of_a_name_is_not_enough(people: People) -> None:
    with pytest.raises(CommandError, match="no project named “galactosidase”"):
        project_of("galactosidase")


def test_a_project_is_made_for_its_owner(db: None) -> None:
    admin = User.objects.create_superuser("admin")
    said = run("create_project", "New one", "--diameter", "120", "--pixel-size", "1.06")
    project = Project.objects.get()
    assert said == f"Created project {project.pk}: New one\n"
    assert (project.particle_diameter, project.pixel_size, project.created_by) == (120, 1.06, admin)
    assert project.memberships.get().role == "owner"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["x", "--diameter", "5"], "particle diameter: .*20"),
        (["x", "--diameter", "nan"], "finite"),
        (["x", "--diameter", "120", "--pixel-size", "0"], "pixel size: .*0.05"),
        (["x" * 201, "--diameter", "120"], "name: .*200"),
        ([" ", "--diameter", "120"], "needs a name"),
        (["a\nb", "--diameter", "120"], "U\\+000A"),
        (["x", "--diameter", "120", "--owner", "nobody"], "no account named “nobody”"),
    ],
)
def test_what_does_not_fit_is_said(db: None, words: list[str], reason: str) -> None:
    User.objects.create_superuser("admin")
    with pytest.raises(CommandError, match=reason):
        run("create_project", *words)
    assert not Project.objects.exists()
