import pytest
from django.test import Client

from picking.models import User
from picking.templatetags import room
from tests.people import People

pytestmark = pytest.mark.django_db


def page(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.get("/admin/").content.decode()


def test_administrators_see_how_much_room_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    admin = User.objects.create_superuser("root")
    monkeypatch.setattr(room, "LITTLE_BYTES", 0)
    assert "free on the disk that holds CryoWeb’s data" in page(admin)
    assert "Free some space soon" not in page(admin)
    monkeypatch.setattr(room, "LITTLE_BYTES", 1 << 62)
    assert "Free some space soon" in page(admin)


def test_nobody_else_does(people: People) -> None:
    for user in (people.owner, people.member, people.viewer, people.outsider):
        assert "free on the disk" not in page(user)
    assert "free on the disk" not in Client().get("/admin/", follow=True).content.decode()


def test_its_pages_have_no_sign_in_and_no_password_of_their_own(people: People) -> None:
    User.objects.create_superuser("root", password="let me in, please")
    form = {"username": "root", "password": "let me in, please", "this_is_the_login_form": "1"}
    answer = Client().post("/admin/login/?next=/admin/", form)
    assert (answer.status_code, answer["Location"]) == (302, "/signin?next=%2Fadmin%2F")
    assert people.client("owner").get("/admin/login/").status_code == 403
    root = Client()
    root.force_login(User.objects.get(username="root"))
    assert root.post("/admin/password_change/", {"old_password": "guess"})["Location"] == "/account"


def test_its_pages_neither_make_nor_lose_administrators(people: People) -> None:
    root = User.objects.create_superuser("root")
    client = Client()
    client.force_login(root)
    page = f"/admin/picking/user/{people.owner.pk}/change/"
    assert client.get(page).status_code == 200
    form = {"username": people.owner.username, "is_superuser": "on", "is_staff": "on", "date_joined_0": "2026-01-01"}
    client.post(page, form)
    people.owner.refresh_from_db()
    assert (people.owner.is_active, people.owner.is_superuser) == (True, False)
    client.post(f"/admin/picking/user/{root.pk}/delete/", {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [root.pk, people.member.pk], "post": "yes"}
    client.post("/admin/picking/user/", chosen)
    assert User.objects.filter(pk=root.pk).exists()
