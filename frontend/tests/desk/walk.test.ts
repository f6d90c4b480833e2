import { signal } from '@preact/signals'
import { beforeEach, describe, expect, test } from 'vitest'
import { ApiError } from '../../src/api/client'
import { WALK_KEYS, walkKeyFor } from '../../src/desk/keys/walk-keys'
import { Walk } from '../../src/desk/walk'
import type { View } from '../../src/geometry/view'
import { ProjectState } from '../../src/model/project'
import { Editor } from '../../src/model/undo/editor'
import type { MarkStep } from '../../src/model/undo/history'
import type { Micrograph, Suggestion } from '../../src/wire'
import { label } from '../make'

const ME = 7
const FAR: View = { scale: 1, left: 0, top: 0, width: 50, height: 50 }
const ALL: View = { ...FAR, width: 4000, height: 4000 }
const places: Suggestion[] = [
  { micrograph: 1, x: 100, y: 100, question: 'background' },
  { micrograph: 1, x: 900, y: 100, question: 'contamination' },
  { micrograph: 2, x: 100, y: 100, question: 'sure' },
]

function desk() {
  const state = new ProjectState()
  state.you.value = { id: ME, username: 'anna', role: 'annotator' }
  state.members.value = [{ id: 8, username: 'ben', role: 'annotator' }]
  state.micrographs.value = [1, 2].map(id => ({ id, pixel_size: null }) as Micrograph)
  const current = signal<number | null>(1)
  const said: string[] = []
  return {
    state,
    editor: new Editor(state.ledger, () => undefined),
    current,
    view: signal<View | null>(ALL),
    open(micrograph: number) {
      current.value = micrograph
    },
    say: (message: string) => void said.push(message),
    said,
  }
}

let host: ReturnType<typeof desk>
let walk: Walk
const labels = () => [1, 2].flatMap(id => host.state.marks.of(id).labels.map(({ x, kind }) => [id, x, kind]))
const others = () => host.state.marks.set('other', label({ id: 'other', x: 900, author: 8 }))
const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
const press = (key: string, more = {}) => walkKeyFor({ key, ...none, ...more }, walk)

beforeEach(async () => {
  host = desk()
  walk = new Walk(host, async () => places)
  await walk.start()
})

describe('a walk through places to label', () => {
  test('an answer puts a label on the place and goes on, to the next micrograph too', () => {
    walk.answer('particle')
    walk.answer('contamination')
    expect(labels()).toEqual([
      [1, 100, 'particle'],
      [1, 900, 'contamination'],
    ])
    expect([walk.at.value, host.current.value]).toEqual([2, 2])
  })

  test('a place that is out of sight is shown before it is answered', () => {
    const looks = walk.looks.value
    host.view.value = FAR
    walk.answer('particle')
    expect([labels(), walk.at.value, walk.looks.value]).toEqual([[], 0, looks + 1])
    host.view.value = ALL
    host.current.value = 2
    walk.answer('particle')
    expect([labels(), host.current.value]).toEqual([[], 1])
  })

  test('skipping leaves no label', () => {
    walk.go(1)
    expect([labels(), walk.at.value]).toEqual([[], 1])
  })

  test('going back shows what was said, and another answer changes the label', () => {
    walk.answer('particle')
    walk.go(-1)
    expect(walk.said.value).toBe('particle')
    walk.answer('background')
    expect(labels()).toEqual([[1, 100, 'background']])
  })

  test('undo takes the label back and returns to its place', () => {
    walk.answer('particle')
    walk.answer('particle')
    host.editor.replay(host.editor.history.takeBack() as MarkStep, true)
    expect(walk.undone()).toBe(true)
    expect([labels().length, walk.at.value, host.current.value]).toEqual([1, 1, 1])
  })

  test('places that somebody else has marked are skipped', () => {
    others()
    walk.answer('particle')
    expect(walk.at.value).toBe(2)
  })

  test('a place that somebody else marks while one looks gets no second label', () => {
    walk.go(1)
    others()
    walk.answer('background')
    expect(labels()).toEqual([[1, 900, 'particle']])
    expect(host.said).toEqual(['ben has just marked this place.'])
    expect(walk.at.value).toBe(2)
  })

  test('places on a removed micrograph are skipped', () => {
    host.state.micrographs.value = host.state.micrographs.value.filter(({ id }) => id === 2)
    walk.go(1)
    expect(walk.at.value).toBe(2)
  })

  test('after the last place it says how many were labelled', () => {
    walk.answer('particle')
    walk.go(1)
    walk.answer('background')
    expect([walk.place.value, walk.active.value, walk.answered.value.size]).toEqual([null, true, 2])
  })

  test('leaving keeps the labels', () => {
    walk.answer('particle')
    walk.leave()
    expect([walk.active.value, labels().length]).toEqual([false, 1])
  })

  test('starting again during a walk goes back to its place', async () => {
    walk.go(1)
    host.current.value = 2
    await walk.start()
    expect([walk.at.value, host.current.value]).toEqual([1, 1])
  })

  test('what the server refuses is said', async () => {
    walk = new Walk(host, () => Promise.reject(new ApiError('Train first.', 409)))
    await walk.start()
    expect([host.said, walk.active.value]).toEqual([['Train first.'], false])
  })

  test('those who may only look are told why', async () => {
    host.state.you.value = { id: ME, username: 'anna', role: 'viewer' }
    walk.leave()
    await walk.start()
    expect(walk.active.value).toBe(false)
    expect(host.said[0]).toMatch(/^Viewers can look/)
  })
})

describe('its keys', () => {
  test.each([
    ['p', 'particle'],
    ['B', 'background'],
    ['c', 'contamination'],
  ])('the key of a tool answers: %s', (key, kind) => {
    press(key)?.run(walk)
    expect(labels()).toEqual([[1, 100, kind]])
  })

  test('S and the arrows skip and go back, Escape leaves', () => {
    press('s')?.run(walk)
    press('ArrowRight')?.run(walk)
    expect(walk.at.value).toBe(2)
    press('ArrowLeft')?.run(walk)
    expect(walk.at.value).toBe(1)
    press('Escape')?.run(walk)
    expect(walk.active.value).toBe(false)
  })

  test('outside of a walk every key is the canvas’s', () => {
    walk.leave()
    expect(press('p')).toBeNull()
  })

  test('after the last place the tools have their keys again', () => {
    for (const _ of places) walk.go(1)
    expect([press('p'), press('s')]).toEqual([null, null])
    expect(press('Escape')).not.toBeNull()
  })

  test('every key that the sheet documents is tried above', () => {
    const documented = WALK_KEYS.flatMap(({ keys }) => keys)
    expect(documented.sort()).toEqual(['arrowleft', 'arrowright', 'b', 'c', 'escape', 'p', 's'])
  })

  test('keys with Ctrl or Shift are not the walk’s', () => {
    expect([press('c', { ctrlKey: true }), press('C', { shiftKey: true })]).toEqual([null, null])
  })
})
