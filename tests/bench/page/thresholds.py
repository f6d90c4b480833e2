"""From the input of a threshold's slider to the redraw of the canvas."""

import numpy as np

from tests.bench.installation import SIDE, Installation, percentiles
from tests.e2e.browser import open_project, window
from tests.e2e.picked import add_picks

PICKS = 20_000
MOVES = 60

# Moves the slider to a value at some time within a frame; notes how long until the first frame that is drawn
# anew and how many frames that took.
MOVE = """async value => {
  const slider = document.querySelector('[data-testid=threshold-particle]')
  const frame = () => new Promise(done => requestAnimationFrame(done))
  await new Promise(done => setTimeout(done, 50 + 16 * Math.random()))
  const before = window.cryoweb.drawn.frames
  const moved = performance.now()
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(slider, value)
  slider.dispatchEvent(new Event('input', { bubbles: true }))
  let frames = 0
  while (window.cryoweb.drawn.frames === before) {
    await frame()
    frames++
  }
  return [performance.now() - moved, frames]
}"""


def run(installed: Installation) -> None:
    project = installed.new_project("Thresholds")
    installed.import_noise(project, 1, SIDE)
    random = np.random.default_rng(4)
    columns = [random.uniform(0, SIDE - 1, (PICKS, 2)), random.beta(4, 2, PICKS), random.beta(1.5, 6, PICKS)]
    add_picks(installed.server, project, np.column_stack(columns).tolist())
    print(f"\nA threshold's slider among {PICKS:,} picks, from its input to the redraw")
    with window(installed.browser, installed.server.address, "ben") as page:
        open_project(page, project)
        page.wait_for_function("window.cryoweb.held.final > 0 && window.cryoweb.sharp")
        moves = [page.evaluate(MOVE, 0.1 + 0.01 * (move * 7 % 60)) for move in range(MOVES)]
    print(f"  redrawn after          {percentiles([ms for ms, _ in moves])}")
    print(f"  frames                 {max(frames for _, frames in moves)} at most")
