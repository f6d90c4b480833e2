import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import table from '../../../tests/data/conflicts.json'
import { type LostHost, tellLosses } from '../../src/desk/lost'
import { Losses, TOGETHER } from '../../src/live/losses'
import { type Mark, markPut } from '../../src/model/marks/mark'
import { ProjectState } from '../../src/model/project'
import { Editor } from '../../src/model/undo/editor'
import type { Operation } from '../../src/wire'
import { micrographRow } from '../make'

interface Step {
  readonly who: 'anna' | 'ben'
  readonly seen: number | null
  readonly does: string
  readonly comes: 'applied' | 'overtaken'
  readonly told?: string
}

interface Case {
  readonly name: string
  readonly steps: readonly Step[]
  readonly end: Readonly<Record<string, string | null>>
}

interface Table {
  readonly start: Readonly<Record<string, object>>
  readonly operations: Readonly<Record<string, { readonly mark: string; readonly type: string }>>
  readonly cases: readonly Case[]
}

const TABLE = table as unknown as Table
const PEOPLE = { anna: 7, ben: 8 }
/** The event up to which everybody has read at first. */
const AT_FIRST = 100

/** What a mark is like after an operation; null where that erases it. */
function markAfter(id: string, said: object, author: number): Mark | null {
  const put = { id, micrograph: 1, operation: '', ...said } as Operation
  const of = { author, changedBy: null }
  return put.type.endsWith('.put') ? markPut(put as Parameters<typeof markPut>[0], of, 0) : null
}

/** One person's page. Its operations go to the test, which plays the server. */
class Page {
  readonly state = new ProjectState()
  readonly said: string[] = []
  readonly losses: Losses
  readonly editor: Editor
  #sent: Operation | null = null
  #reached = AT_FIRST

  constructor(readonly who: Step['who']) {
    this.state.you.value = { id: PEOPLE[who], username: who, role: 'annotator' }
    this.state.members.value = Object.entries(PEOPLE).map(([username, id]) => ({
      id,
      username,
      role: 'owner',
    }))
    this.state.micrographs.value = [micrographRow({ id: 1, name: 'mic_001' })]
    const start = Object.entries(TABLE.start).map(([id, said]) => markAfter(id, said, PEOPLE.anna))
    this.state.ledger.reset(
      start.filter(mark => mark !== null),
      [],
      AT_FIRST,
    )
    this.editor = new Editor(this.state.ledger, ([operation]) => {
      this.#sent = operation ?? null
    })
    const host = { state: this.state, say: text => void this.said.push(text) } as LostHost
    this.losses = new Losses(losses => tellLosses(host, losses))
  }

  /** What it sends; null where the mark is as wanted already. */
  do({ id, said }: Wanted): Operation | null {
    this.#sent = null
    const change = { before: this.state.marks.get(id), after: markAfter(id, said, PEOPLE[this.who]) }
    if (change.before || change.after) this.editor.commit(1, [change])
    return this.#sent
  }

  hear({ id, said }: Wanted, who: Step['who'], sequence: number, operation: string): void {
    this.state.ledger.confirm(id, markAfter(id, said, PEOPLE[who]), operation)
    this.#reach(sequence)
  }

  answer(operation: Operation, comes: Step['comes'], sequence: number): void {
    const change = this.state.ledger.changeOf(operation)
    if (comes === 'overtaken') this.losses.add({ change, by: PEOPLE.ben }, sequence)
    this.state.ledger.hold(operation, sequence)
    this.#reach(this.#reached)
  }

  #reach(sequence: number): void {
    this.#reached = sequence
    this.state.ledger.reached(sequence)
    this.losses.reached(sequence)
  }
}

interface Wanted {
  readonly id: string
  readonly said: object
}

function wanted(does: string): Wanted {
  const { mark: id, ...said } = TABLE.operations[does] ?? { mark: '', type: '' }
  return { id, said }
}

/** What a page has done by the end of the steps; the answers to its operations come before or after the events. */
function played(page: Page, steps: readonly Step[], answersFirst: boolean): void {
  const made = new Map<number, Operation>()
  const answer = (at: number): void => {
    const operation = made.get(at)
    if (operation) page.answer(operation, steps[at]?.comes ?? 'applied', sequenceAfter(steps, at))
  }
  for (let seen = 0; seen <= steps.length; seen++) {
    steps.forEach((step, at) => {
      const operation = step.who === page.who && step.seen === seen ? page.do(wanted(step.does)) : null
      if (operation) made.set(at, operation)
    })
    const step = steps[seen]
    if (!step) break
    if (answersFirst) answer(seen)
    const operation = made.get(seen)?.operation ?? 'theirs'
    if (step.comes === 'applied')
      page.hear(wanted(step.does), step.who, sequenceAfter(steps, seen), operation)
  }
  if (!answersFirst) for (const at of made.keys()) answer(at)
  vi.advanceTimersByTime(TOGETHER)
}

function sequenceAfter(steps: readonly Step[], at: number): number {
  return AT_FIRST + steps.slice(0, at + 1).filter(({ comes }) => comes === 'applied').length
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const cases = TABLE.cases.filter(({ steps }) => steps.every(({ seen }) => seen !== null))

describe.each(cases)('$name', ({ steps, end }) => {
  test.each([true, false])('answers before the events: %s', answersFirst => {
    for (const page of [new Page('anna'), new Page('ben')]) {
      played(page, steps, answersFirst)
      for (const [id, does] of Object.entries(end)) {
        const found = page.state.marks.get(id)
        const right = does === null ? null : markAfter(id, wanted(does).said, 0)
        expect(found && { ...found, author: 0, changedBy: null, order: 0 }).toEqual(right)
      }
      expect(page.said).toEqual(steps.flatMap(({ who, told }) => (who === page.who && told ? [told] : [])))
    }
  })
})

test('a change says up to which event its person knew of the mark, unless nobody else can know of it', () => {
  const page = new Page('anna')
  expect(page.do(wanted('move left'))).toMatchObject({ after: AT_FIRST })
  expect(page.do(wanted('reject'))).toMatchObject({ after: AT_FIRST })
  expect(page.do({ ...wanted('move left'), id: 'new' })).not.toHaveProperty('after')
})
