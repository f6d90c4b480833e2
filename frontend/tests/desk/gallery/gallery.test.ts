import { computed, signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Gallery } from '../../../src/desk/gallery/gallery'
import type { Target } from '../../../src/model/marks/hit'
import { ProjectState } from '../../../src/model/project'
import { fakeStorage } from '../../fake-storage'
import { block, label, member, micrographRow, projectRow, verdict } from '../../make'

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
    sync: { renewTiles: async () => undefined, picks: { loadSome: async () => undefined } },
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

test('leaves out picks nearer to the border than the margin, but not what people marked there', () => {
  host.state.thresholds.value = { ...host.state.thresholds.value, borderMargin: 1 }
  host.state.marks.set('p1', label({ id: 'p1', micrograph: 1, x: 20 }))
  host.state.blocks.put(
    1,
    block([
      [10, 300, 0.1, 0],
      [500, 300, 0.1, 0],
    ]),
  )
  gallery.set({ kinds: ['particle', 'out'] })
  expect(gallery.list.value.map(({ kind, x }) => [kind, x])).toEqual([
    ['out', 500],
    ['particle', 20],
  ])
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

test('knows the picks that count, or not, and nobody has judged, the best first, where they teach', () => {
  const rows = (...scores: number[]) =>
    block(
      scores.map((score, i) => [500 + 100 * i, 500, score, 0]),
      8,
    )
  host.state.blocks.put(1, rows(0.6, 0.9, 0.3))
  host.state.blocks.put(2, rows(0.8))
  host.state.marks.set('v', verdict({ id: 'v', micrograph: 1, x: 600, y: 500 }))
  expect(gallery.open('out').map(({ particleScore }) => particleScore?.toFixed(1))).toEqual(['0.3'])
  expect(gallery.open('pick').map(({ particleScore }) => particleScore?.toFixed(1))).toEqual(['0.8', '0.6'])
  host.state.changeMicrograph(2, { blind: true })
  expect(gallery.open('pick').map(({ micrograph }) => micrograph)).toEqual([1])
})

test('shows first what was just judged', () => {
  gallery.set({ scope: 'micrograph', kinds: ['pick'] })
  gallery.showJudged('reject')
  const { scope, kinds, sort, descending } = gallery.settings.value
  expect({ scope, kinds, sort, descending }).toEqual({
    scope: 'project',
    kinds: ['pick', 'reject'],
    sort: 'combined',
    descending: false,
  })
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

test('shows the picks of a class instead, wherever they are, from the best fit on', () => {
  const members = [member({ micrograph: 2 }), member({ micrograph: 1 }), member({ micrograph: 3 })]
  gallery.set({ kinds: [], plane: true })
  gallery.showClass({ title: 'Class 1', members })
  expect([shown(), gallery.at.value]).toEqual([['p2', 'p1'], 0])
  expect(gallery.settings.value.plane).toBe(false)
  host.state.changeMicrograph(2, { excluded: true })
  expect(shown()).toEqual(['p1'])
})

test.each([
  ['it is closed', () => gallery.toggle()],
  ['the score plane is opened', () => gallery.togglePlane()],
  ['picks are judged that are to be shown', () => gallery.showJudged('accept')],
])('leaves the class when %s', (_, leave) => {
  gallery.showClass({ title: 'Class 1', members: [member()] })
  leave()
  expect(gallery.shownClass.value).toBeNull()
})
