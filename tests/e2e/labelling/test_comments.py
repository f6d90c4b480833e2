"""Two people talk about a place of a micrograph."""

from playwright.sync_api import Browser, expect

from tests.e2e.browser import point_at, side_by_side, wait_until_sent
from tests.e2e.server import Server


def test_one_pins_a_question_the_other_is_taken_there_answers_and_resolves_it(
    server: Server, browser: Browser, project: int
) -> None:
    with side_by_side(browser, project, server.address) as (anna, ben):
        first = anna.evaluate("window.cryoweb.micrograph")
        anna.keyboard.press("]")
        anna.wait_for_function("first => window.cryoweb.micrograph !== first && window.cryoweb.ready", arg=first)
        point_at(anna, 700.0, 300.0)
        anna.keyboard.press("j")
        question = anna.get_by_test_id("new-comment")
        question.press_sequentially("@be")
        expect(anna.get_by_role("option", name="ben")).to_have_attribute("aria-selected", "true")
        question.press("Enter")
        question.press_sequentially("is this ice?")
        question.press("Control+Enter")
        expect(anna.get_by_test_id("pin")).to_have_count(1)

        expect(ben.get_by_test_id("side-comments")).to_have_accessible_name("Comments 1 waiting for you")
        ben.get_by_test_id("side-comments").click()
        ben.get_by_test_id("comments-you").click()
        ben.get_by_test_id("thread").get_by_role("button").click()
        ben.wait_for_function("first => window.cryoweb.micrograph !== first && window.cryoweb.ready", arg=first)
        expect(ben.get_by_test_id("pin")).to_have_attribute("aria-pressed", "true")
        expect(ben.get_by_test_id("comment")).to_contain_text("@ben is this ice?")
        expect(ben.get_by_test_id("side-comments")).to_have_accessible_name("Comments")

        ben.context.set_offline(True)
        ben.get_by_test_id("answer").fill("No, that is carbon.")
        ben.get_by_test_id("answer-send").click()
        expect(ben.get_by_test_id("comment").last).to_contain_text("not sent yet")
        ben.context.set_offline(False)
        wait_until_sent(ben)
        expect(anna.get_by_test_id("comment").last).to_contain_text("No, that is carbon.")

        ben.get_by_test_id("resolve").click()
        expect(anna.get_by_text("Resolved by ben")).to_be_visible()
        anna.get_by_label("Close the thread").click()
        expect(anna.get_by_test_id("pin")).to_have_count(0)
