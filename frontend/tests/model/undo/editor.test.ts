import { beforeEach, describe, expect, test } from 'vitest'
import { Ledger } from '../../../src/model/marks/ledger'
import type { Label } from '../../../src/model/marks/mark'
import { MarkStore } from '../../../src/model/marks/marks'
import { Editor } from '../../../src/model/undo/editor'
import type { MarkStep } from '../../../src/model/undo/history'
import type { Operation } from '../../../src/wire'
import { label, newId } from '../../make'

let marks: MarkStore
let ledger: Ledger
let editor: Editor
let sent: Operation[]

beforeEach(() => {
  marks = new MarkStore()
  ledger = new Ledger(marks, () => 7)
  sent = []
  editor = new Editor(ledger, operations => sent.push(...operations), newId)
})

const place = (mark: Label) => editor.commit(1, [{ before: null, after: mark }])
const undo = () => editor.replay(editor.history.takeBack() as MarkStep, true)
const redo = () => editor.replay(editor.history.takeForward() as MarkStep, false)
const xOf = (id: string): number | undefined => (marks.get(id) as Label | null)?.x

describe('Editor', () => {
  test('undo takes a label away again and tells the server', () => {
    place(label({ id: 'a' }))
    expect(undo()).toMatchObject({ changes: [{ before: null, after: { id: 'a' } }], skipped: [] })
    expect(marks.get('a')).toBeNull()
    expect(sent.map(operation => operation.type)).toEqual(['label.put', 'label.delete'])
  })

  test('redo puts it back under the same id with an operation of its own', () => {
    place(label({ id: 'a', x: 3 }))
    undo()
    redo()
    expect(xOf('a')).toBe(3)
    expect(new Set(sent.map(operation => operation.operation)).size).toBe(3)
  })

  test('undo of a move goes back to the old place', () => {
    const mark = label({ id: 'a', x: 3 })
    place(mark)
    editor.commit(1, [{ before: mark, after: { ...mark, x: 8 } }])
    undo()
    expect(xOf('a')).toBe(3)
  })

  test('what somebody else changed since is left alone', () => {
    place(label({ id: 'a', x: 3 }))
    ledger.confirm('a', label({ id: 'a', x: 3 }), sent[0]?.operation ?? null)
    ledger.confirm('a', label({ id: 'a', x: 50, author: 8 }), 'theirs')
    expect(undo()).toMatchObject({ changes: [], skipped: [{ after: { id: 'a', x: 3 } }] })
    expect(xOf('a')).toBe(50)
  })

  test('a label that somebody deleted is not brought back by undoing its move', () => {
    const mark = label({ id: 'a' })
    place(mark)
    editor.commit(1, [{ before: mark, after: { ...mark, x: 8 } }])
    for (const { operation } of sent) ledger.confirm('a', mark, operation)
    ledger.confirm('a', null, 'theirs')
    expect(undo().skipped.length).toBe(1)
    expect(marks.get('a')).toBeNull()
  })

  test('a mark that one gesture made and took away again is gone after undo too', () => {
    const a = label({ id: 'a' })
    editor.commit(1, [{ before: null, after: a }], 'stroke')
    editor.commit(1, [{ before: a, after: null }], 'stroke')
    expect(undo().skipped).toEqual([])
    expect(marks.get('a')).toBeNull()
  })

  test('a step from among others is undone alone', () => {
    const first = place(label({ id: 'a' })) as MarkStep
    place(label({ id: 'b' }))
    editor.replay(editor.history.takeBack(first) as MarkStep, true)
    expect([marks.get('a'), xOf('b')]).toEqual([null, 100])
    expect(editor.history.takeForward()).toBe(first)
  })

  test('the changes of one gesture are one step', () => {
    const a = label({ id: 'a' })
    const b = label({ id: 'b' })
    place(a)
    place(b)
    editor.commit(1, [{ before: a, after: null }], 'stroke')
    editor.commit(1, [{ before: b, after: null }], 'stroke')
    undo()
    expect(marks.size).toBe(2)
    undo()
    expect(marks.size).toBe(1)
  })

  test('a new change ends what could be redone', () => {
    place(label({ id: 'a' }))
    undo()
    place(label({ id: 'b' }))
    expect(editor.history.canRedo.value).toBe(false)
  })

  test('with nothing done there is nothing to undo', () => {
    expect(editor.commit(1, [])).toBeNull()
    expect(editor.history.canUndo.value).toBe(false)
  })
})
