import type { Point } from '../geometry/point'
import { toScreen, type View } from '../geometry/view'
import { GREYS } from '../model/view/tone'

/** Points along each side of the sample: 65,000 in all. */
const SIDE = 256

const sample = document.createElement('canvas')
sample.width = SIDE
sample.height = SIDE

/** Counts the grey values of the part of an image that a canvas shows, from a regular sample of its pixels. */
export function countGreys(
  canvas: HTMLCanvasElement,
  view: View,
  image: { width: number; height: number },
): Uint32Array {
  const counts = new Uint32Array(GREYS)
  const context = sample.getContext('2d', { willReadFrequently: true })
  const left = Math.max(0, view.left)
  const top = Math.max(0, view.top)
  const width = Math.min(view.width, view.left + image.width * view.scale) - left
  const height = Math.min(view.height, view.top + image.height * view.scale) - top
  if (!context || width < 1 || height < 1) return counts
  const ratio = canvas.width / view.width
  context.imageSmoothingEnabled = false
  context.clearRect(0, 0, SIDE, SIDE)
  context.drawImage(canvas, left * ratio, top * ratio, width * ratio, height * ratio, 0, 0, SIDE, SIDE)
  const { data } = context.getImageData(0, 0, SIDE, SIDE)
  for (let i = 0; i < data.length; i += 4) {
    const grey = data[i] as number
    if (data[i + 3] === 255) counts[grey] = (counts[grey] as number) + 1
  }
  return counts
}

/** The grey that a canvas shows at a place of the image, before contrast; null where there is no image. */
export function greyAt(canvas: HTMLCanvasElement, view: View, at: Point): number | null {
  const context = sample.getContext('2d', { willReadFrequently: true })
  if (!context) return null
  const ratio = canvas.width / view.width
  const { x, y } = toScreen(view, at)
  context.clearRect(0, 0, 1, 1)
  context.drawImage(canvas, Math.floor(x * ratio), Math.floor(y * ratio), 1, 1, 0, 0, 1, 1)
  const [grey, , , alpha] = context.getImageData(0, 0, 1, 1).data
  return alpha === 255 ? (grey ?? null) : null
}
