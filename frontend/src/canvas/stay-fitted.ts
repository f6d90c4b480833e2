import type OpenSeadragon from 'openseadragon'

/** How near to the fitted view, as a share of it, counts as fitted. */
const SAME = 0.001

/** A micrograph that is fitted to the canvas stays so when the canvas changes its size: the gallery opens, the window grows. */
export function stayFitted(osd: OpenSeadragon.Viewer): void {
  let fitted = false
  let due = false
  osd.addHandler('update-viewport', () => {
    fitted = isFitted(osd.viewport)
  })
  osd.addHandler('resize', () => {
    due = fitted
  })
  // Comes after the viewer's own answer to the new size, and before the frame is drawn.
  osd.addHandler('viewport-change', () => {
    if (!due) return
    due = false
    osd.viewport.goHome(true)
  })
}

function isFitted(viewport: OpenSeadragon.Viewport): boolean {
  const home = viewport.getHomeBounds()
  const now = viewport.getBounds()
  const off = Math.max(Math.abs(now.x - home.x), Math.abs(now.y - home.y), Math.abs(now.width - home.width))
  return off < SAME * home.width
}
