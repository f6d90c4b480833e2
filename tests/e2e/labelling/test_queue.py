"""Two people take micrographs from one queue."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import reload, side_by_side
from tests.e2e.server import Server

# Ben has left an hour ago, and did nothing since.
BEN_LEFT = """
from datetime import timedelta
from django.utils import timezone
from picking.models import Assignment, Membership
ago = timezone.now() - timedelta(hours=1)
Membership.objects.filter(project={project}, user__username="ben").update(looking_at=None, looked_at=ago)
Assignment.objects.filter(micrograph__project={project}, user__username="ben", done_at=None).update(
    claimed_at=ago, active_at=ago
)
"""

# Eight people press Next at the same moment.
RACE = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from django.db import connection
from picking.actions.projects.projects import create_project
from picking.actions.labelling.queue import take_next
from picking.models import Membership, Micrograph, User
people = [User.objects.create(username=f"racer-{{n}}-{database}") for n in range(8)]
project = create_project(people[0], "Race", particle_diameter=160.0)
Membership.objects.bulk_create(
    Membership(project=project, user=each, role="annotator") for each in people[1:]
)
Micrograph.objects.bulk_create(
    Micrograph(project=project, name=f"m{{n}}", file_name="m.mrc", width=9, height=9) for n in range(9)
)
together = Barrier(8)
def take(person):
    together.wait()
    try:
        return take_next(project.pk, person).micrograph.name
    finally:
        connection.close()
with ThreadPoolExecutor(8) as pool:
    got = sorted(pool.map(take, people))
assert got == [f"m{{n}}" for n in range(8)], got
project.delete()
"""


def opened(page: Page) -> str:
    """The name of the open micrograph."""
    return page.locator(".row-open").get_attribute("data-name") or ""


def expect_open(page: Page, name: str) -> None:
    expect(page.locator(".row-open")).to_have_attribute("data-name", name)


def test_two_people_share_a_queue_finish_and_review(server: Server, browser: Browser, project: int) -> None:
    with side_by_side(browser, project, server.address) as (anna, ben):
        for page in (anna, ben):
            page.get_by_test_id("side-queue").click()
            expect(page.get_by_test_id("queue-empty")).to_contain_text("Nobody has been given micrographs yet")
            expect(page.get_by_test_id("queue-shown")).to_have_count(0)
        press_together(anna, ben)
        names = {opened(anna), opened(ben)}
        assert names == {"small_0", "small_1"}
        expect(anna.get_by_test_id("queue-count-claimed")).to_have_text("2 in hand")

        # Progress moves in the other window, and what is done waits there to be reviewed.
        first, other = opened(anna), opened(ben)
        anna.keyboard.press("y")
        expect_open(anna, "small_2")
        expect(ben.get_by_test_id("queue-progress")).to_have_text("1 of 3 done")
        ben.get_by_test_id("queue-reviewable").filter(has_text=first).click()
        ben.get_by_test_id("queue-send-back").click()
        ben.get_by_test_id("queue-reason").fill("The ice is not marked.")
        ben.get_by_test_id("queue-send").click()
        own = anna.get_by_test_id("queue-own").filter(has_text=first)
        expect(own).to_contain_text("sent back")
        own.click()
        anna.get_by_test_id("queue-done").click()
        ben.get_by_test_id("queue-accept").click()
        expect(anna.get_by_test_id("queue-own-state")).to_contain_text("ben has reviewed it")
        expect(anna.get_by_test_id("queue-count-reviewed")).to_have_text("1 reviewed")
        expect(anna.get_by_test_id("queue-person")).to_have_count(2)

        # The list shows what is chosen, and whose it is.
        expect(row_of(anna, other).get_by_role("img", name="ben – in hand")).to_be_visible()
        anna.get_by_test_id("queue-shown").select_option("mine")
        expect(anna.get_by_test_id("micrograph")).to_have_count(1)
        anna.get_by_test_id("queue-shown").select_option("all")

        # Ben leaves. What he had in hand goes to Anna.
        ben.close()
        expect(anna.get_by_test_id("people").get_by_role("img")).to_have_count(1)
        server.run(BEN_LEFT.format(project=project))
        reload(anna)
        anna.get_by_test_id("side-queue").click()
        expect(anna.get_by_test_id("queue-count-to_do")).to_have_text("1 to do")
        anna.get_by_test_id("micrograph").filter(has_text=re.compile("small_2")).click()
        anna.keyboard.press("y")
        expect_open(anna, other)
        expect(anna.get_by_test_id("queue-progress")).to_have_text("2 of 3 done")


def row_of(page: Page, name: str) -> Locator:
    return page.locator(f"[data-testid=micrograph][data-name={name}]")


def press_together(anna: Page, ben: Page) -> None:
    """Both press Next, neither waits for the other's answer."""
    for page in (anna, ben):
        page.get_by_test_id("queue-next").dispatch_event("click")
    for page in (anna, ben):
        expect(page.get_by_test_id("queue-own")).to_have_count(1)
        page.wait_for_function("document.querySelector('.queue-row-open')")


def test_a_manager_shares_micrographs_out(server: Server, browser: Browser, project: int) -> None:
    with side_by_side(browser, project, server.address) as (anna, ben):
        anna.get_by_test_id("side-queue").click()
        form = anna.get_by_test_id("queue-share")
        for box in form.get_by_test_id("queue-member").all():
            box.check()
        form.get_by_test_id("queue-double").check()
        form.get_by_test_id("queue-give").click()
        expect(anna.get_by_test_id("queue-count-assigned")).to_have_text("3 assigned")
        expect(ben.get_by_test_id("side-queue")).to_have_accessible_name("Queue 3 waiting for you")
        anna.get_by_test_id("queue-take-back").last.click()
        expect(ben.get_by_test_id("side-queue")).to_have_accessible_name("Queue")


def test_who_presses_next_at_the_same_moment_gets_different_ones(server: Server) -> None:
    server.run(RACE.format(database="sqlite"))
