"""How long a project with 50,000 labels takes to open."""

from playwright.sync_api import Page

from tests.bench.installation import SIDE, Installation, percentiles
from tests.e2e.browser import window

LABELS = 50_000
OPENINGS = 5
PARTS = ("labels on the canvas", "  server", "  transfer", "  page")
ADD = """
from random import Random
from uuid import uuid4
from picking.models import Label, Micrograph, Project, User
project = Project.objects.get(pk={project})
first = project.micrographs.get()
size = dict(width=first.width, height=first.height, header_pixel_size=first.header_pixel_size)
more = [Micrograph(project=project, name=f"row_{{n:03}}", file_name="row.mrc", **size) for n in range({more})]
micrographs = [first, *Micrograph.objects.bulk_create(more)]
random, author = Random(5), User.objects.get(username="anna")
Label.objects.bulk_create(
    Label(
        id=uuid4(), micrograph=micrographs[n % len(micrographs)], author=author, sequence=n,
        kind=Label.Kind.values[n % 3], x=random.uniform(0, first.width - 1), y=random.uniform(0, first.height - 1),
    )
    for n in range({labels})
)
"""

# All in ms since the navigation: the snapshot's request and its answer, and the first frame with labels drawn.
NOTE = """() => {
  const look = () => {
    const labels = window.cryoweb?.held.labels
    if (labels > 0 && window.cryoweb.drawn.marks > 0) window.opened = performance.now()
    else requestAnimationFrame(look)
  }
  look()
}"""
TIMES = """() => {
  const snapshot = performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/snapshot'))
  return [snapshot.requestStart, snapshot.responseStart, snapshot.responseEnd, window.opened]
}"""


def run(installed: Installation) -> None:
    print(f"\nOpening a project with {LABELS:,} labels, from the navigation to its labels on the canvas")
    for micrographs in (500, 5):
        project = installed.new_project(f"On {micrographs}")
        installed.import_noise(project, 1, SIDE)
        installed.server.run(ADD.format(project=project, more=micrographs - 1, labels=LABELS))
        print(f"  on {micrographs} micrographs")
        with window(installed.browser, installed.server.address, "ben") as page:
            opened = [open_once(page, project) for _ in range(OPENINGS)]
        for part, times in zip(PARTS, zip(*opened, strict=True), strict=True):
            print(f"    {part:20} {percentiles(list(times))}")


def open_once(page: Page, project: int) -> tuple[float, float, float, float]:
    """Milliseconds until labels are on the canvas; of that for the snapshot's making and coming, and in the page."""
    page.goto(f"/projects/{project}", wait_until="commit")
    page.evaluate(f"({NOTE})()")
    page.wait_for_function("window.opened")
    asked, answered, came, opened = page.evaluate(TIMES)
    return opened, answered - asked, came - answered, opened - (came - asked)
