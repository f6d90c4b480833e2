"""The operations page in a browser: what runs, and a failed job that an administrator clears away."""

from playwright.sync_api import Browser, expect

from tests.e2e.browser import window
from tests.e2e.server import PASSWORD, Server
from tests.e2e.viewing.test_looks import findings

ADMINISTRATOR = f"""
from picking.models import User
User.objects.create_superuser("olga", password={PASSWORD!r})
"""
FAIL = """
from django.utils import timezone
from picking.models import Job
Job.objects.create(
    project_id={project}, kind="export", status="failed", error="The folder is gone.", ended_at=timezone.now()
)
"""


def test_an_administrator_sees_the_processes_and_clears_a_failed_job_away(
    server: Server, browser: Browser, project: int
) -> None:
    server.run(ADMINISTRATOR)
    with window(browser, server.address, "olga") as page:
        page.goto("/operations")
        for role in ("web@", "importer@", "trainer@"):
            expect(page.get_by_test_id("processes")).to_contain_text(role)
        failed = page.get_by_test_id("failed")
        expect(failed).not_to_contain_text("The folder is gone.")
        server.run(FAIL.format(project=project))
        expect(failed).to_contain_text("The folder is gone.")  # the page looks again by itself
        assert findings(page) == ""
        page.get_by_role("button", name="Dismiss export").click()
        expect(failed).not_to_contain_text("The folder is gone.")


def test_people_who_are_no_administrators_do_not_see_it(server: Server, browser: Browser) -> None:
    with window(browser, server.address, "anna") as page:
        page.goto("/operations")
        expect(page.get_by_test_id("processes")).to_have_count(0)
