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
