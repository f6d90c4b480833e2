import { beforeEach, expect, test, vi } from 'vitest'
import { MicrographViewer } from '../../src/canvas/viewer'
import { micrographRow } from '../make'

const fitBounds = vi.fn()

/** As much of OpenSeadragon as opens an image and moves to a part of it. */
const fake = vi.hoisted(() => ({ opened: (): void => undefined }))

vi.mock('openseadragon', () => {
  class Viewer {
    viewport = {
      pixelFromPoint: ({ x }: { x: number }) => ({ x: 100 * x, y: 0 }),
      getContainerSize: () => ({ x: 100, y: 100 }),
      goHome: () => undefined,
      fitBounds,
    }
    world = { getItemAt: () => ({ addHandler: () => undefined }), addHandler: () => undefined }
    addHandler = (): void => undefined
    addOnceHandler = (_: string, run: () => void): void => {
      fake.opened = run
    }
    open = (): void => undefined
    isOpen = (): boolean => true
  }
  class Point {
    constructor(
      readonly x: number,
      readonly y: number,
    ) {}
  }
  return { default: { Viewer, Point, Rect: class {}, TileSource: class {} } }
})

const handlers = {
  drawn: () => undefined,
  settled: () => undefined,
  tileFailed: () => undefined,
  steered: () => undefined,
  tile: () => 512,
}
const PART = { left: 0, top: 0, right: 10, bottom: 10 }

let viewer: MicrographViewer
const open = (id: number): void => {
  viewer.open(micrographRow({ id }), () => '', 'raw')
  fake.opened()
}

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  fitBounds.mockClear()
  viewer = new MicrographViewer({} as HTMLElement, handlers)
  open(1)
})

test('a part of a micrograph is shown as soon as that is open', () => {
  viewer.frame(2, PART)
  expect(fitBounds).not.toHaveBeenCalled()
  open(2)
  expect(fitBounds).toHaveBeenCalledOnce()
})

test('what was to be shown of a micrograph is forgotten where another one was opened', () => {
  viewer.frame(2, PART)
  open(3)
  open(2)
  expect(fitBounds).not.toHaveBeenCalled()
})
