import type OpenSeadragon from 'openseadragon'

/** How near to the fitted view, as a share of it, counts as fitted. */
const SAME = 0.001

/** A micrograph that is fitted to the canvas stays so when the canvas changes its size: the gallery opens, the window grows. */
export function stayFitted(osd: OpenSeadragon.Viewer): void {
  /** The zoom that fits at the size of the last frame. */
  let fit = 0
  let due = false
  const note = (): void => {
    fit = osd.viewport.getHomeZoom()
  }
  osd.addHandler('open', note) // the canvas may change before the first frame
  osd.addHandler('update-viewport', note)
  osd.addHandler('resize', () => {
    const { viewport } = osd
    const off = viewport.getCenter().distanceTo(viewport.getHomeBounds().getCenter())
    due = Math.max(Math.abs(viewport.getZoom() / fit - 1), off) < SAME
  })
  // Comes after the viewer's own answer to the new size, and before the frame is drawn.
  osd.addHandler('viewport-change', () => {
    if (!due) return
    due = false
    osd.viewport.goHome(true)
  })
}
