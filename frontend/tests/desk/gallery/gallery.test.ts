import { computed, signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Gallery } from '../../../src/desk/gallery/gallery'
import type { Target } from '../../../src/model/marks/hit'
import { ProjectState } from '../../../src/model/project'
import { fakeStorage } from '../../fake-storage'
import { label, micrographRow, projectRow } from '../../make'

/** A desk with two micrographs and a particle on each. */
function desk() {
  const state = new ProjectState()
  state.project.value = projectRow()
  state.micrographs.value = [micrographRow({ id: 1 }), micrographRow({ id: 2 })]
  for (const micrograph of [1, 2])
    state.marks.set(`p${micrograph}`, label({ id: `p${micrograph}`, micrograph }))
  const targets = signal<readonly Target[]>([])
  return {
    id: 1,
    state,
    sync: { renewTiles: async () => undefined },
    current: signal<number | null>(1),
    selection: { targets, only: computed(() => targets.value[0] ?? null) },
    others: { of: () => NONE, changed: signal(0), rows: signal([]) },
    overview: { open: signal(false) },
    said: [] as string[],
    say(message: string) {
      this.said.push(message)
    },
  }
}

const NONE: never[] = []

let host: ReturnType<typeof desk>
let gallery: Gallery
const shown = () => gallery.list.value.map(({ mark }) => mark?.id)

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => run())
  vi.stubGlobal('performance', { now: () => 0 }) // a list that took long is made again later
  host = desk()
  gallery = new Gallery(host)
  gallery.set({ open: true })
  gallery.start()
})
afterEach(() => {
  gallery.stop()
  vi.unstubAllGlobals()
})

test('lists the crops of the open micrograph, or of all', () => {
  expect(shown()).toEqual(['p1'])
  host.current.value = 2
  expect(shown()).toEqual(['p2'])
  gallery.set({ scope: 'project' })
  expect(shown()).toEqual(['p1', 'p2'])
})

test('follows marks as they come, and leaves out what is excluded', () => {
  host.state.marks.set('p3', label({ id: 'p3', x: 300 }))
  expect(shown()).toEqual(['p1', 'p3'])
  host.state.changeMicrograph(1, { excluded: true })
  expect(shown()).toEqual([])
})

test('points at what is selected on the canvas', () => {
  gallery.set({ scope: 'project' })
  const mark = host.state.marks.get('p2')
  host.current.value = 2
  if (mark?.type === 'label') host.selection.targets.value = [{ type: 'label', mark }]
  expect(gallery.at.value).toBe(1)
  expect(gallery.list.value.map(crop => gallery.isSelected(crop))).toEqual([false, true])
})

test('is out of sight below the overview', () => {
  expect(gallery.seen).toBe(true)
  host.overview.open.value = true
  expect(gallery.seen).toBe(false)
})

test('does not open while one looks at the past, and says why', () => {
  gallery.set({ open: false })
  host.state.travelling.value = true
  gallery.toggle()
  gallery.togglePlane()
  expect(gallery.settings.value.open).toBe(false)
  expect(host.said).toHaveLength(2)
  expect(host.said[0]).toContain('Esc')
})
