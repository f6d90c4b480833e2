import type uPlot from 'uplot'

/** The colour that a token of the style sheet has in the theme of now: canvases know no tokens. */
export const ink =
  (token: string) =>
  (plot: uPlot): string => {
    plot.root.style.color = `var(${token})`
    return getComputedStyle(plot.root).color
  }
