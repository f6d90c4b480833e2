import { beforeEach, expect, test } from 'vitest'
import { AveragesCommands } from '../../../src/desk/averages/averages-commands'
import type { Member } from '../../../src/model/averages/members'
import { type Mark, sortOut, type Verdict } from '../../../src/model/marks/mark'
import { ProjectState } from '../../../src/model/project'
import { Editor } from '../../../src/model/undo/editor'
import { averagesRow, label, member, micrographRow, verdict } from '../../make'

let state: ProjectState
let said: string[]
let row = averagesRow()

beforeEach(() => {
  state = new ProjectState()
  state.you.value = { id: 7, username: 'anna', role: 'owner' }
  state.micrographs.value = [1, 2].map(id => micrographRow({ id }))
  said = []
  row = averagesRow()
})

/** Commands for a class with these members, on which there are marks at the very places. */
function commandsFor(members: readonly Member[] | null, marks: readonly Mark[] = []): AveragesCommands {
  state.marks.replace(marks)
  const { labels, verdicts } = sortOut(marks)
  const desk = {
    state,
    editor: new Editor(state.ledger, () => undefined),
    say: (text: string) => said.push(text),
    averages: {
      pictured: { peek: () => ({ row }) },
      current: row.classes?.[0] ?? null,
      membersOf: () => members,
      markOf: ({ x, y }: Member) =>
        [...labels, ...verdicts].find(mark => mark.x === x && mark.y === y) ?? null,
    },
  }
  return new AveragesCommands(desk as never)
}

const verdicts = (micrograph = 1): readonly Verdict[] => state.marks.of(micrograph).verdicts

test('rejecting a class rejects its members, each with how well it fits, in one step of undo', async () => {
  const commands = commandsFor([member({ fit: 0.91239 }), member({ micrograph: 2, fit: 1.2 })])
  commands.judge('reject')
  expect([...verdicts(1), ...verdicts(2)]).toMatchObject([
    { kind: 'reject', x: 100, fit: 0.912 },
    { kind: 'reject', x: 100, fit: 1 },
  ])
  expect(commands.desk.editor.history.steps.value.done).toHaveLength(1)
  expect(said).toEqual(['Rejected 2 picks.'])
})

test('what was judged with a class is judged anew, what was judged by itself stays', () => {
  const [withClass, byItself] = [verdict({ x: 200, fit: 0.5 }), verdict({ x: 300 })]
  const members = [100, 200, 300].map(x => member({ x }))
  commandsFor(members, [withClass, byItself]).judge('reject')
  const found = [...verdicts()].sort((a, b) => a.x - b.x)
  expect(found.map(({ x, kind }) => [x, kind])).toEqual([
    [100, 'reject'],
    [200, 'reject'],
    [300, 'accept'],
  ])
  expect(said).toEqual(['Rejected 2 picks. 1 that was judged by itself stays as it was.'])
})

test('labels stay, and moved picks are accepted already', () => {
  const moved = verdict({ x: 200, kind: 'move', to: { x: 220, y: 100 } })
  commandsFor([member(), member({ x: 200 })], [label(), moved]).judge('accept')
  expect(verdicts()).toEqual([moved])
  expect(said).toEqual(['There is no pick to accept here.'])
})

test('no more than 5,000 are judged at once, and people are told how many are left', () => {
  commandsFor(Array.from({ length: 5_001 }, (_, x) => member({ x }))).judge('reject')
  expect(verdicts()).toHaveLength(5_000)
  expect(said[0]).toContain('1 remain')
})

test('a viewer judges nothing and is told why', () => {
  state.you.value = { id: 7, username: 'anna', role: 'viewer' }
  commandsFor([member()]).judge('reject')
  expect([verdicts(), said]).toEqual([[], [state.locked.value]])
})

test('classes that still change, or whose members have not come, are not judged', () => {
  commandsFor(null).judge('accept')
  row = averagesRow({}, 'running')
  commandsFor([member()]).judge('accept')
  expect(verdicts()).toEqual([])
  expect(said.map(text => text.slice(0, 11))).toEqual(['The members', 'The classes'])
})
