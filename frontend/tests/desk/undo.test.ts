import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { beforeEach, describe, expect, test } from 'vitest'
import { ApiError } from '../../src/api/client'
import type { SayAction } from '../../src/desk/say'
import { Undo, type UndoHost } from '../../src/desk/undo'
import type { Point } from '../../src/geometry/point'
import type { View } from '../../src/geometry/view'
import { ProjectState } from '../../src/model/project'
import type { SettingName, Values } from '../../src/model/setting'
import { Editor } from '../../src/model/undo/editor'
import type { DeletionStep, RestoreStep } from '../../src/model/undo/history'
import type { Restored } from '../../src/wire'
import { label, micrographRow, projectRow, verdict } from '../make'

const ME = 7
const ANNA = 8

/** A desk that notes what undo asks of it; `answer`: what becomes of a setting. */
function desk() {
  const state = new ProjectState()
  state.you.value = { id: ME, username: 'ben', role: 'annotator' }
  state.members.value = [{ id: ANNA, username: 'Anna', role: 'owner' }]
  state.project.value = projectRow()
  state.micrographs.value = [1, 2].map(id => micrographRow({ id, name: `mic_00${id}` }))
  const current = signal<number | null>(1)
  const said: { text: string; action: SayAction | null; over: ReadonlySignal<boolean> }[] = []
  return {
    state,
    editor: new Editor(state.ledger, () => undefined),
    answer: async (): Promise<readonly SettingName[]> => [],
    sent: [] as Values[],
    shared: {
      replay: (_: number | null, __: Values, to: Values): Promise<readonly SettingName[]> => {
        host.sent.push(to)
        return host.answer()
      },
    },
    restored: async (): Promise<number> => 1,
    deletion: { replay: (_: DeletionStep, __: boolean): Promise<number> => host.restored() },
    current,
    view: signal<View | null>({ scale: 1, left: 0, top: 0, width: 500, height: 500 }),
    overview: { open: signal(false) },
    averages: { open: signal(false) },
    selection: { clear: () => undefined },
    walk: { undone: () => false },
    settling: { undone: () => false },
    restorations: { replay: async (step: RestoreStep): Promise<Restored> => host.restore(step) },
    restore: (step: RestoreStep): Restored => {
      step.sequence++
      return { sequence: step.sequence, back: 2, gone: 0, changed: 1, left: 3 }
    },
    flashed: [] as Point[],
    shown: [] as string[],
    said,
    say: (text, _kind, action = null, over = computed(() => false)) => void said.push({ text, action, over }),
    open: (id: number) => {
      current.value = id
    },
    flash: places => host.flashed.push(...places),
    showSetting: name => host.shown.push(name),
  } satisfies UndoHost & Record<string, unknown>
}

let host: ReturnType<typeof desk>
let undo: Undo
const last = () => host.said[host.said.length - 1]
const place = (micrograph: number, x = 100) =>
  host.editor.commit(micrograph, [
    { before: null, after: label({ id: `${micrograph} ${x}`, micrograph, x }) },
  ])
const setting = (micrograph: number | null, before: Values, after: Values) =>
  host.editor.history.add({ type: 'setting', micrograph, before, after, gesture: null })
const drag = () => setting(null, { particle_threshold: 0.5 }, { particle_threshold: 0.62 })

beforeEach(() => {
  host = desk()
  undo = new Undo(host)
})

describe('undo of marks', () => {
  test('on screen: names them and flashes their place', async () => {
    place(1)
    await undo.back()
    expect(last()).toMatchObject({ text: 'Undid: particle label on mic_001.', action: null })
    expect(host.flashed.length).toBe(1)
    await undo.forward()
    expect(last()?.text).toBe('Redid: particle label on mic_001.')
  })

  test('on another micrograph: stays here and offers to go there', async () => {
    place(2)
    await undo.back()
    expect([host.current.value, host.flashed]).toEqual([1, []])
    last()?.action?.run()
    expect([host.current.value, host.flashed.map(({ x }) => x)]).toEqual([2, [100]])
  })

  test('out of sight of the open micrograph, or below the overview or averages: the same', async () => {
    place(1, 900)
    await undo.back()
    expect([host.flashed, last()?.action?.label]).toEqual([[], 'Show'])
    for (const { open } of [host.overview, host.averages]) {
      place(1)
      open.value = true
      await undo.back()
      expect([host.flashed, last()?.action?.label]).toEqual([[], 'Show'])
      open.value = false
    }
  })

  test('on many micrographs flashes what is on this one', async () => {
    const changes = [1, 2].map(micrograph => ({
      before: null,
      after: verdict({ micrograph, kind: 'reject' }),
    }))
    host.editor.commit(2, changes)
    await undo.back()
    expect(last()).toMatchObject({ text: 'Undid: 2 rejected picks on 2 micrographs.', action: null })
    expect(host.flashed.length).toBe(1)
  })

  test('that Anna changed since leaves them alone and says so', async () => {
    place(1)
    host.state.marks.set('1 100', label({ id: '1 100', x: 300 }))
    host.state.changers.set('1 100', ANNA)
    await undo.back()
    expect(last()?.text).toBe(
      'Could not undo: particle label on mic_001. Anna has changed it since; it stays as it is now.',
    )
  })

  test('that Anna changed before this page was loaded says so too', async () => {
    place(1)
    host.state.marks.set('1 100', label({ id: '1 100', x: 300, author: ME, changedBy: ANNA }))
    await undo.back()
    expect(last()?.text).toContain('Anna has changed it since; it stays as it is now.')
  })

  test('some of which were changed since says how many are left', async () => {
    const [a, b] = [label({ id: 'a' }), label({ id: 'b' })]
    host.editor.commit(
      1,
      [a, b].map(after => ({ before: null, after })),
    )
    host.state.marks.set('b', null)
    await undo.back()
    expect(last()?.text).toBe(
      'Undid: particle label on mic_001. Somebody has changed 1 more since; they stay as they are now.',
    )
  })

  test('one of which this person changed after that keeps the change', async () => {
    const [a, b] = [verdict({ id: 'a' }), verdict({ id: 'b' })]
    const bulk = host.editor.commit(
      1,
      [a, b].map(after => ({ before: null, after })),
    )
    host.editor.commit(1, [{ before: b, after: { ...b, kind: 'reject' } }])
    host.state.changers.set('b', ME)
    if (bulk) await undo.back(bulk)
    expect(last()?.text).toContain('Undid: accepted pick on mic_001. You have changed 1 more since;')
    expect(host.state.marks.get('b')).toMatchObject({ kind: 'reject' })
  })

  test('the message goes with the next thing that is done', async () => {
    place(2)
    await undo.back()
    const { over } = last() ?? {}
    expect(over?.value).toBe(false)
    place(1)
    expect(over?.value).toBe(true)
  })
})

describe('undo of settings', () => {
  test('a threshold: names it and its value, goes nowhere, and offers to show it', async () => {
    drag()
    await undo.back()
    expect(last()?.text).toBe('Undid: particle threshold, 0.50 again.')
    await undo.forward()
    expect(last()?.text).toBe('Redid: particle threshold, 0.62 again.')
    expect(host.sent).toEqual([{ particle_threshold: 0.5 }, { particle_threshold: 0.62 }])
    last()?.action?.run()
    expect([host.current.value, host.shown]).toEqual([1, ['particle_threshold']])
  })

  test('a drag after a label is undone first, and the label stays', async () => {
    place(1)
    drag()
    await undo.back()
    expect(host.state.marks.size).toBe(1)
  })

  test('a flag on another micrograph: offers to open that', async () => {
    setting(2, { flagged: false }, { flagged: true })
    await undo.back()
    expect(last()?.text).toBe('Undid: flag on mic_002, off again.')
    last()?.action?.run()
    expect(host.current.value).toBe(2)
  })

  test('one that Anna changed since stays, and the message says at what', async () => {
    drag()
    host.answer = async () => ['particle_threshold']
    host.state.thresholds.value = { ...host.state.thresholds.value, particle: 0.7 }
    host.state.changers.set('project particle_threshold', ANNA)
    await undo.back()
    expect(last()?.text).toBe(
      'Could not undo: particle threshold. Anna has changed it since; the later value is kept (0.70).',
    )
  })

  test('without a connection the step is kept, and the message says so', async () => {
    drag()
    host.answer = () => Promise.reject(new ApiError('The server cannot be reached.', 0))
    await undo.back()
    expect(last()?.text).toBe('Could not undo: particle threshold. The server cannot be reached.')
    expect([host.editor.history.canUndo.value, host.editor.history.canRedo.value]).toEqual([true, false])
  })
})

describe('undo of a deletion', () => {
  const deleted = [{ id: 3, name: 'mic_003' }]
  beforeEach(() => host.editor.history.add({ type: 'deletion', micrograph: null, deleted, gesture: null }))

  test('restores, and offers to go there', async () => {
    await undo.back()
    expect(last()).toMatchObject({ text: 'Undid: deletion of mic_003.', action: { label: 'Show' } })
    await undo.forward()
    expect(last()).toMatchObject({ text: 'Redid: deletion of mic_003.', action: null })
  })

  test('that somebody has undone already says so', async () => {
    host.restored = async () => 0
    await undo.back()
    expect(last()?.text).toMatch(/^Could not undo: deletion of mic_003. Somebody has restored it/)
  })

  test('that the server refuses is kept', async () => {
    host.restored = () => Promise.reject(new ApiError('The project is archived.', 400))
    await undo.back()
    expect(last()?.text).toBe('Could not undo: deletion of mic_003. The project is archived.')
    expect(host.editor.history.canUndo.value).toBe(true)
  })
})

test('a step of a micrograph that is gone undoes nothing else', async () => {
  place(1)
  place(2)
  host.state.micrographs.value = [micrographRow({ id: 1 })]
  await undo.back()
  expect(last()?.text).toBe('Could not undo: the micrograph has been removed from the project.')
  expect(host.state.marks.get('1 100')).not.toBeNull()
})

test('one step from among others is undone alone, and only once', async () => {
  const first = place(1)
  place(1, 200)
  if (first) await undo.back(first)
  expect([host.state.marks.get('1 100'), host.state.marks.size]).toEqual([null, 1])
})

test('those who may only look undo nothing of what they did before', async () => {
  place(1)
  host.state.you.value = { id: ME, username: 'ben', role: 'viewer' }
  await undo.back()
  expect(last()?.text).toMatch(/^Viewers can look/)
  expect([host.state.marks.size, host.editor.history.canUndo.value]).toEqual([1, true])
})

test('with nothing done there is nothing to undo or redo', async () => {
  await undo.back()
  await undo.forward()
  expect(host.said.map(({ text }) => text)).toEqual(['Nothing to undo.', 'Nothing to redo.'])
})

describe('undo of a restoration', () => {
  const restored = () =>
    host.editor.history.add({ type: 'restore', micrograph: null, sequence: 40, gesture: null }) as RestoreStep

  test('the server takes it back, and says what was left', async () => {
    const step = restored()
    await undo.back()
    expect(last()?.text).toBe(
      'Undid: restoration of an earlier state (2 marks back, 1 changed). 3 marks were changed since; the later changes are kept.',
    )
    await undo.forward()
    expect(step.sequence).toBe(42)
  })

  test('one that the server refused is the next to be undone again', async () => {
    const step = restored()
    host.restore = () => {
      throw new ApiError('Somebody has changed all of it since.', 409)
    }
    await undo.back()
    expect(last()?.text).toBe(
      'Could not undo: restoration of an earlier state. Somebody has changed all of it since.',
    )
    expect(host.editor.history.holds(step)).toBe(true)
  })
})
