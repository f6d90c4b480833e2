import { signal } from '@preact/signals'
import { beforeEach, describe, expect, test } from 'vitest'
import { settleKeyFor } from '../../src/desk/keys/settle-keys'
import { Settling, type SettlingHost } from '../../src/desk/settling'
import type { View } from '../../src/geometry/view'
import { ProjectState } from '../../src/model/project'
import { Editor } from '../../src/model/undo/editor'
import type { MarkStep } from '../../src/model/undo/history'
import type { ViewSettings } from '../../src/model/view/settings'
import type { LabelDifferences, Micrograph } from '../../src/wire'
import { label } from '../make'

const VIEW: View = { scale: 1, left: 0, top: 0, width: 4000, height: 4000 }
const one = (id: string, x: number) => ({ id, author: 7, kind: 'particle', x, y: 100 }) as const
const found: LabelDifferences = {
  people: [7, 8],
  differences: [100, 500, 900].map(x => ({
    what: 'only_first',
    first: one(String(x), x),
    second: null,
    settled: false,
  })),
}

let settling: Settling
let state: ProjectState
let editor: Editor
let settings: ReturnType<typeof signal<Pick<ViewSettings, 'colourBy'>>>
const said: string[] = []
const press = (key: string) =>
  settleKeyFor({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }, settling)?.run(
    settling,
  )
const labels = () => state.marks.of(1).labels.map(({ id }) => id)

beforeEach(async () => {
  state = new ProjectState()
  state.you.value = { id: 9, username: 'cleo', role: 'manager' }
  state.micrographs.value = [{ id: 1, pixel_size: null } as Micrograph]
  for (const { first } of found.differences) if (first) state.marks.set(first.id, label(first))
  editor = new Editor(state.ledger, () => undefined)
  settings = signal({ colourBy: 'kind' })
  const current = signal<number | null>(null)
  settling = new Settling(
    {
      id: 1,
      state,
      editor,
      current,
      view: signal<View | null>(VIEW),
      set: (change: Partial<ViewSettings>) => {
        settings.value = { ...settings.value, ...change } as ViewSettings
      },
      open: (id: number) => {
        current.value = id
      },
      say: (message: string) => void said.push(message),
    } as unknown as SettlingHost,
    async () => found,
    async () => ({ pairs: [], micrographs: [], unfinished: 0 }),
  )
  await settling.start(1)
})

describe('settling differences', () => {
  test('goes from one to the next by keys, each a step of undo', () => {
    press('a')
    press('b')
    expect([settling.at.value, settling.left.value, labels()]).toEqual([2, 1, ['100', '900']])
    expect(state.marks.of(1).verdicts).toMatchObject([{ kind: 'accept', x: 100 }])
    expect(editor.history.steps.value.done).toHaveLength(2)
  })

  test('goes back to what was undone', () => {
    press('a')
    press('b')
    const step = editor.history.takeBack()
    editor.replay(step as MarkStep, true)
    expect(settling.undone()).toBe(true)
    expect([settling.at.value, settling.left.value, labels().length]).toEqual([1, 2, 3])
    expect(settling.undone()).toBe(false)
  })

  test('skips what somebody else has settled, and shows what was answered on the way back', () => {
    state.marks.set('500', null)
    press('a')
    expect(settling.at.value).toBe(2)
    press('arrowleft')
    expect(settling.answers.value[settling.at.value]).toBe('second')
  })

  test('is left with Escape, and changes no colouring that a person chose', () => {
    press('escape')
    expect([settings.value?.colourBy, settling.active.value]).toEqual(['kind', false])
  })

  test('ends where no other micrograph has any left', async () => {
    await settling.next()
    expect([settling.active.value, said.at(-1)]).toEqual([
      false,
      'All differences on other micrographs are settled.',
    ])
  })
})
