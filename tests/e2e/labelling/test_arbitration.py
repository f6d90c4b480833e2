"""Two people label blind; how they agree is shown, and somebody else settles where they differ."""

from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import (
    click_at,
    held,
    open_project,
    side_by_side,
    wait_until_held,
    wait_until_in_sight,
    wait_until_sent,
    window,
)
from tests.e2e.server import Server
from tests.e2e.viewing.test_looks import findings

# Anna, Ben and Eve are members; one micrograph is Anna's and Ben's, blind.
DRAWN = """
from picking.actions.labelling.double_labelling import DoubleLabelling, begin_double_labelling
from picking.models import Membership, Project, User
project = Project.objects.get(pk={project})
anna, ben, eve = (User.objects.get(username=name) for name in ("anna", "ben", "eve"))
Membership.objects.create(project=project, user=eve, role="manager")
begin_double_labelling(project.pk, anna, DoubleLabelling([anna.pk, ben.pk], 0.34, 1))
"""


def label_and_finish(page: Page, *places: tuple[float, float]) -> None:
    page.get_by_test_id("side-queue").click()
    page.get_by_test_id("queue-own").click()
    page.wait_for_function("window.cryoweb.ready")
    page.keyboard.press("p")
    for place in places:
        click_at(page, *place)
    wait_until_held(page, "labels", len(places))
    wait_until_sent(page)
    page.get_by_test_id("queue-done").click()
    expect(page.get_by_test_id("queue-own-state")).to_be_visible()


def test_two_label_blind_and_another_settles_their_differences(server: Server, browser: Browser, project: int) -> None:
    server.run(DRAWN.format(project=project))
    with side_by_side(browser, project, server.address) as (anna, ben):
        label_and_finish(anna, (150, 150), (320, 150), (490, 150), (150, 400))
        expect(anna.get_by_test_id("agreement")).to_have_count(0)
        label_and_finish(ben, (153, 150))

        # Both are done: all see how they agree.
        for page in (anna, ben):
            expect(page.get_by_test_id("differing")).to_contain_text("3 of 3 differences left")
        pair = anna.get_by_test_id("agreement-pair")
        pair.locator("summary").click()
        expect(pair.get_by_test_id("agreement-surplus")).to_have_text("ben has 3 fewer")
        expect(pair.get_by_test_id("offsets-plot")).to_have_attribute("data-points", "1")
        expect(pair.get_by_test_id("agreement-surplus")).to_be_in_viewport(ratio=1)

    with window(browser, server.address, "eve", reduced_motion="reduce") as eve:
        open_project(eve, project)
        eve.get_by_test_id("side-queue").click()
        eve.get_by_test_id("agreement-pair").locator("summary").click()
        eve.get_by_test_id("settle-differences").click()
        at = eve.get_by_test_id("settle-at")
        expect(at).to_contain_text("1 of 3")
        expect(eve.get_by_test_id("settle-first")).to_contain_text("anna: particle")
        assert findings(eve) == ""
        wait_until_in_sight(eve, 320, 150)
        eve.keyboard.press("a")
        expect(at).to_contain_text("2 of 3")
        wait_until_in_sight(eve, 490, 150)
        eve.keyboard.press("b")
        expect(at).to_contain_text("3 of 3")
        wait_until_in_sight(eve, 150, 400)
        eve.keyboard.press("Delete")
        expect(at).to_contain_text("All are settled.")
        assert (held(eve, "labels"), held(eve, "verdicts")) == (3, 1)

        # Undo goes back to the last one.
        eve.keyboard.press("Control+z")
        expect(at).to_contain_text("3 of 3")
        assert held(eve, "labels") == 4
        eve.keyboard.press("Escape")
        expect(eve.get_by_test_id("settle")).to_have_count(0)
        wait_until_sent(eve)
        expect(eve.get_by_test_id("differing")).to_contain_text("1 of 3 differences left")
