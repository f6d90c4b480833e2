"""Long names and large counts: nothing overlaps, no word is broken, and what is cut off has a title."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.e2e.browser import open_project, window
from tests.e2e.picked import add_picks
from tests.e2e.server import Server

WINDOWS: list[ViewportSize] = [
    {"width": 1280, "height": 720},
    {"width": 1440, "height": 900},
    {"width": 768, "height": 1024},
]
NAMES = ["FoilHole_" + "0123456789" * 18 + "_abcdef_0001", "FoilHole_24015405_Data_24016401_fract_01"]
NAMES += [f"{NAMES[1][:-2]}02"]

RENAME = """
from uuid import uuid4
from picking.models import Job, Label, Micrograph, Project
project = Project.objects.get(pk={project})
Project.objects.filter(pk=project.pk).update(name="A name of many words " * 9)
for micrograph, name in zip(project.micrographs.order_by("pk"), {names!r}, strict=True):
    Micrograph.objects.filter(pk=micrograph.pk).update(name=name, flagged=True)
first = project.micrographs.order_by("pk").first()
Label.objects.bulk_create([
    Label(id=uuid4(), micrograph=first, kind=kind, x=i % 1000, y=i // 20, sequence=1)
    for kind in ("particle", "background", "contamination") for i in range(12_345)
])
failed = Job(project=project, kind=Job.Kind.IMPORT, status=Job.Status.FAILED, name={names!r}[0] + ".mrc", error="No.")
failed.save()
"""

# What is seen in the columns and the bar: every line of text, and what stands there besides, as boxes of the page.
LOOK = """() => {
  const clipped = (rect, element) => {
    let [left, right, top, bottom] = [rect.left, rect.right, rect.top, rect.bottom]
    for (let at = element; at; at = at.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(at)
      const box = at.getBoundingClientRect()
      if (overflowX !== 'visible') [left, right] = [Math.max(left, box.left), Math.min(right, box.right)]
      if (overflowY !== 'visible') [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)]
    }
    return { left, right, top, bottom }
  }
  const things = [], cut = [], broken = []
  const see = (element, rect, text) => {
    const seen = clipped(rect, element)
    if (seen.right - seen.left < 1 || seen.bottom - seen.top < 1) return
    things.push({ element, text, ...seen })
    const lost = seen.left > rect.left + 1 || seen.right < rect.right - 1
    if (lost && !element.closest('[title]')) cut.push(text)
  }
  const range = document.createRange()
  for (const part of document.querySelectorAll('.bar, .panel')) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!node.data.trim() || element.closest('.sr-only, [popover], .skip, select, svg, .avatar')) continue
      range.selectNodeContents(node)
      for (const rect of range.getClientRects()) see(element, rect, node.data)
      for (const { 0: word, index } of node.data.matchAll(/\\S{1,30}(?!\\S)/g)) {
        range.setStart(node, index)
        range.setEnd(node, index + word.length)
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
        if (lines.size > 1 && !/\\S/.test(node.data[index - 1] ?? ' ')) broken.push(word)
      }
    }
    for (const element of part.querySelectorAll('.avatar, .icon-button, .glyph, .row-flag, input[type=checkbox]'))
      if (!element.closest('[popover]')) see(element, element.getBoundingClientRect(), element.title)
  }
  const over = things.flatMap((a, i) => things.slice(i + 1).filter(b =>
    !(a.element.matches('.avatar') && b.element.matches('.avatar'))
    && !a.element.contains(b.element) && !b.element.contains(a.element)
    && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2
  ).map(b => `${a.text} | ${b.text}`))
  return { cut, broken, over, things: things.length }
}"""

# Whether the last four characters of a name are seen whole.
END_IS_SEEN = """row => {
  const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT)
  let last = null
  while (walker.nextNode()) if (walker.currentNode.data.trim()) last = walker.currentNode
  const range = document.createRange()
  range.setStart(last, last.data.length - 4)
  range.setEnd(last, last.data.length)
  const text = range.getBoundingClientRect()
  const box = last.parentElement.getBoundingClientRect()
  return text.width > 10 && text.left > box.left - 1 && text.right < box.right + 1
}"""


@pytest.fixture(scope="module")
def page(server: Server, browser: Browser, new_project: Callable[[], int]) -> Iterator[Page]:
    """Anna's window with names, counts and a colleague that take all the room there is. Each test leaves it so."""
    project = new_project()
    add_picks(server, project, [(32 + (i % 317) * 3, 32 + (i // 317) * 3, 0.9, 0.1) for i in range(101_000)])
    server.run(RENAME.format(project=project, names=NAMES))
    with window(browser, server.address, "ben") as ben, window(browser, server.address, "anna") as page:
        open_project(ben, project)
        open_project(page, project)
        expect(page.locator(".row .avatar")).to_have_count(1)
        expect(page.get_by_test_id("found")).to_contain_text("of 303,000")
        yield page


def test_nothing_overlaps_no_word_is_broken_and_what_is_cut_off_has_a_title(page: Page) -> None:
    panel = page.locator(".panel-right .panel-scroll")
    for size in WINDOWS:
        page.set_viewport_size(size)
        for down in (0, 500, 1000, 2000):
            panel.evaluate("(element, top) => { element.scrollTop = top }", down)
            look = page.evaluate(LOOK)
            assert look["things"] > 30
            assert (look["cut"], look["broken"], look["over"]) == ([], [], []), size


def test_the_end_of_a_name_is_seen_in_lists_and_where_files_failed(page: Page) -> None:
    page.keyboard.press("Shift+O")
    expect(page.get_by_test_id("card")).to_have_count(3)
    for size in WINDOWS:
        page.set_viewport_size(size)
        names = page.locator(".row-name").all()
        assert len(names) == 7
        for name in names:
            assert name.evaluate(END_IS_SEEN), (size, name.inner_text())
    page.keyboard.press("Shift+O")


def test_the_sheet_of_keys_scrolls_below_its_head(page: Page) -> None:
    page.keyboard.press("?")
    sheet, head = page.locator("dialog[open]"), page.locator("dialog[open] .dialog-head")
    for size in WINDOWS:
        page.set_viewport_size(size)
        sheet.evaluate("sheet => { sheet.scrollTop = sheet.scrollHeight }")
        assert (
            head.evaluate("head => head.getBoundingClientRect().top - head.parentElement.getBoundingClientRect().top")
            < 2
        )
