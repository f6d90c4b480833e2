const MARK = 'data-openseadragon-mobile-css'

/**
 * OpenSeadragon adds a style element to the page, unless it finds one with its mark. The page allows style sheets from
 * files only, so the rule is in stage.css, and the mark is on an element without a namespace, which styles nothing.
 */
export function keepStylesInFiles(): void {
  if (document.querySelector(`style[${MARK}]`)) return
  const mark = document.createElementNS(null, 'style')
  mark.setAttribute(MARK, '')
  document.head.append(mark)
}
