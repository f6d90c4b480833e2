/**
 * Several windows of several people, with the page's own code and no pictures: reads commands from stdin, one a line as
 * JSON, and answers each with a line. Driven by tests/e2e/labelling/test_machine.py.
 */
import { createInterface } from 'node:readline'
import { openDB } from 'idb'
import { ApiError } from '../../src/api/client'
import { Desk } from '../../src/desk/desk'
import type { Target } from '../../src/model/marks/hit'
import { changeKind, erase, eraseAll, judge, type Maker, moveTo } from '../../src/model/marks/judge'
import { LAST, type Mark, putOperation } from '../../src/model/marks/mark'
import type { Change } from '../../src/model/marks/operation'
import type { LabelKind, Message, Operation, VerdictKind } from '../../src/wire'
import { fakeStorage } from '../fake-storage'
import { Browser, type Network, Page, pretend } from './browser'

/** ms that pages have to agree once nothing hinders them. */
const PATIENCE = 30_000

/** What a page was told of an operation. */
type Told = 'held' | 'refused' | 'overtaken'

const TOLD: Readonly<Record<string, Told>> = {
  applied: 'held',
  repeated: 'held',
  refused: 'refused',
  overtaken: 'overtaken',
}

/** An operation that a person made. */
interface Made {
  readonly person: string
  readonly operation: Operation
  /** Of undo and redo: the mark as it must be for them to do anything. */
  readonly expects?: unknown
  told: Told | null
}

const made = new Map<string, Made>()
const browsers = new Map<string, Browser>()
let windows: Window[] = []
let project = 0
/** As far as any page has heard. */
let sequence = 0
/** Whether the server runs. */
let up = true

/** One window of a person's browser, on one project. */
class Window {
  readonly #sessionStorage = fakeStorage()
  page: Page
  desk: Desk | null = null
  said: string[] = []
  /** What undo finds, by mark. */
  expected: Map<string, unknown> | null = null

  constructor(
    readonly person: string,
    readonly browser: Browser,
  ) {
    this.page = this.#newPage('on')
  }

  /** Loads the project where that is possible now. */
  async load(): Promise<void> {
    const { page } = this
    const desk = page.run(() => new Desk(project, message => void this.said.push(message)))
    const send = desk.sync.send.bind(desk.sync)
    desk.sync.send = operations => {
      for (const operation of operations) this.#note(operation)
      send(operations)
    }
    try {
      await page.run(() => desk.start())
      this.desk = desk
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      page.close()
      this.page = this.#newPage(page.network)
    }
  }

  async reload(): Promise<void> {
    const { network } = this.page
    this.page.close()
    this.desk = null
    this.page = this.#newPage(network)
    await this.load()
  }

  get marks(): Mark[] {
    return this.desk?.state.micrographs.peek().flatMap(({ id }) => this.marksOn(id)) ?? []
  }

  /** In an order that does not depend on ids. */
  marksOn(micrograph: number): Mark[] {
    const { labels = [], regions = [], verdicts = [] } = this.desk?.state.marks.of(micrograph) ?? {}
    const named = [...labels, ...regions, ...verdicts].map(mark => {
      const { id: _, ...rest } = putOperation(mark, '')
      return [JSON.stringify(rest), mark] as const
    })
    return named.sort(([a], [b]) => (a < b ? -1 : Number(a > b))).map(([, mark]) => mark)
  }

  /** Whether the page has all that the server has, and the server all that the page has. */
  get agrees(): boolean {
    const { sync } = this.desk ?? {}
    return sync?.connection.peek() === 'live' && sync.waiting.peek() === 0 && sync.sequence >= sequence
  }

  #newPage(network: Network): Page {
    return new Page(this.browser, this.#sessionStorage, network, message => this.#hears(message))
  }

  #note(operation: Operation): void {
    const expects = this.expected?.get(operation.id)
    this.expected?.delete(operation.id)
    const more = expects === undefined ? {} : { expects }
    made.set(operation.operation, { person: this.person, operation, told: null, ...more })
  }

  #hears(message: Message): void {
    if (message.type === 'applied') {
      sequence = Math.max(sequence, message.applied.sequence)
      for (const { operation, status } of message.applied.results) tell(operation, TOLD[status])
    } else if (message.type === 'events') {
      for (const told of message.events) if (told.operation) tell(told.operation, 'held')
      sequence = Math.max(sequence, message.last)
    } else if (message.type === 'caught_up') sequence = Math.max(sequence, message.sequence)
  }
}

function tell(operation: string, told: Told | undefined): void {
  const known = made.get(operation)
  if (!known || !told) return
  if (known.told && known.told !== told) throw new Error(`${operation} was told ${known.told}, then ${told}`)
  known.told = told
}

interface Command {
  readonly do: string
  readonly window: number
  readonly on: number
  readonly at: readonly [number, number]
  readonly kind: string
  readonly which: number
}

type Do = (window: Window, desk: Desk, command: Command) => void | Promise<void>

/** What somebody does on a page that is loaded. */
const DONE: Readonly<Record<string, Do>> = {
  put: (_, desk, { on, at: [x, y], kind }) => {
    const { micrograph, author, newId } = makerOn(desk, on)
    const after: Mark = {
      type: 'label',
      id: newId(),
      micrograph,
      author,
      changedBy: null,
      order: LAST,
      kind: kind as LabelKind,
      x,
      y,
    }
    desk.editor.commit(micrograph, [{ before: null, after }])
  },
  region: (_, desk, { on, at: [x, y] }) => {
    const { micrograph, author, newId } = makerOn(desk, on)
    const polygon = [
      { x, y },
      { x: x + 50, y },
      { x, y: y + 50 },
    ]
    const after: Mark = {
      type: 'region',
      id: newId(),
      micrograph,
      author,
      changedBy: null,
      order: LAST,
      polygon,
    }
    desk.editor.commit(micrograph, [{ before: null, after }])
  },
  kind: (window, desk, command) =>
    change(window, desk, command, (target, maker) => changeKind(target, command.kind as LabelKind, maker)),
  move: (window, desk, command) =>
    change(window, desk, command, (target, maker) => {
      const [x, y] = command.at
      if (target.type !== 'region') return moveTo(target, { x, y }, maker)
      const [, ...rest] = target.mark.polygon
      return [{ before: target.mark, after: { ...target.mark, polygon: [{ x, y }, ...rest] } }]
    }),
  erase: (window, desk, command) => change(window, desk, command, erase),
  /** Three neighbours, in one stroke. */
  rub: (window, desk, command) => {
    const maker = makerOn(desk, command.on)
    const marks = window.marksOn(maker.micrograph)
    const from = marks.length > 0 ? command.which % marks.length : 0
    const gesture = crypto.randomUUID()
    for (const mark of marks.slice(from, from + 3))
      desk.editor.commit(maker.micrograph, eraseAll([targetOf(mark)], maker), gesture)
  },
  verdict: (window, desk, { on, at: [x, y], kind, which }) => {
    const maker = makerOn(desk, on)
    const older = window
      .marksOn(maker.micrograph)
      .find(mark => mark.type === 'verdict' && mark.x === x && mark.y === y)
    const pick = { type: 'pick', pick: { x, y } } as unknown as Target
    const to = kind === 'move' ? { x: x + which, y } : null
    desk.editor.commit(
      maker.micrograph,
      judge(older ? targetOf(older) : pick, kind as VerdictKind, maker, { to }),
    )
  },
  undo: (window, desk) => replay(window, desk, desk.editor.history.steps.peek().done, () => desk.undo.back()),
  redo: (window, desk) =>
    replay(window, desk, desk.editor.history.steps.peek().undone, () => desk.undo.forward()),
}

function makerOn(desk: Desk, on: number): Maker {
  const rows = desk.state.micrographs.peek()
  const micrograph = rows[on % rows.length]?.id ?? 0
  return { micrograph, author: desk.state.you.peek()?.id ?? null, newId: () => crypto.randomUUID() }
}

/** Changes a mark that the window shows, if there is one. */
function change(
  window: Window,
  desk: Desk,
  { on, which }: Command,
  changes: (target: Target, maker: Maker) => Change[],
): void {
  const maker = makerOn(desk, on)
  const marks = window.marksOn(maker.micrograph)
  const mark = marks[which % marks.length]
  if (mark) desk.editor.commit(maker.micrograph, changes(targetOf(mark), maker))
}

async function replay(
  window: Window,
  desk: Desk,
  steps: readonly { readonly type: string }[],
  act: () => Promise<void>,
): Promise<void> {
  const step = steps.at(-1) as { changes?: readonly Change[] } | undefined
  const ids = step?.changes?.flatMap(({ before, after }) => (after ?? before)?.id ?? []) ?? []
  window.expected = new Map(ids.map(id => [id, shown(desk.state.marks.get(id))]))
  await act()
  window.expected = null
}

function targetOf(mark: Mark): Target {
  return { type: mark.type, mark } as Target
}

function shown(mark: Mark | null): unknown {
  return mark && putOperation(mark, '')
}

/** What is unsent and kept in the browser of a person. */
async function kept(person: string): Promise<Set<string>> {
  const storage = browsers.get(person)?.storage as unknown as Record<string, string>
  const keys = Object.keys(storage).filter(key => key.startsWith(`cryoweb.unsent.`))
  const found = keys.flatMap(key => JSON.parse(storage[key] ?? '[]') as Operation[])
  const database = await windows.find(window => window.person === person)?.page.run(() => openDB('cryoweb'))
  const entries = ((await database?.getAll('unsent')) ?? []) as Operation[]
  database?.close()
  return new Set([...found, ...entries].map(({ operation }) => operation))
}

async function until(ready: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + PATIENCE
  for (let wait = 1; !(await ready()); wait = Math.min(20, wait + 1)) {
    if (Date.now() > end) throw new Error(`${what}: ${JSON.stringify(windows.map(describe))}`)
    await new Promise(resolve => setTimeout(resolve, wait))
  }
}

function describe({ person, page, desk, said }: Window): unknown {
  const sync = desk?.sync
  const about = sync && {
    connection: sync.connection.peek(),
    waiting: sync.waiting.peek(),
    sequence: sync.sequence,
    stalled: sync.stalled.peek(),
    dismissed: sync.dismissed.peek(),
  }
  return {
    person,
    network: page.network,
    loaded: desk !== null,
    ...about,
    expects: sequence,
    said: said.slice(-3),
  }
}

/** Until all who can hear the server agree with it. */
async function settle(): Promise<void> {
  if (!up) return
  const open = windows.filter(({ page }) => page.network === 'on')
  for (const window of open) if (!window.desk) await window.load()
  let asked = Date.now()
  await until(() => {
    if (Date.now() - asked > 100) {
      asked = Date.now()
      for (const { page } of open) page.tell('online') // as browsers do: pages need not wait out their pauses
    }
    return open.every(window => window.agrees)
  }, 'the pages do not come to agree with the server')
}

/** Everything that somebody made and was told nothing of, but which would not outlive their page. */
async function unkept(): Promise<string[]> {
  let lost: string[] = []
  const end = Date.now() + 1000
  do {
    lost = []
    for (const person of browsers.keys()) {
      const there = await kept(person)
      for (const [id, each] of made)
        if (each.person === person && !each.told && !there.has(id))
          lost.push(`${person}: ${JSON.stringify(each)}`)
    }
    if (lost.length > 0) await new Promise(resolve => setTimeout(resolve, 20))
  } while (lost.length > 0 && Date.now() < end)
  return lost
}

interface Start {
  readonly project: number
  /** The windows' people. */
  readonly people: readonly string[]
  /** By person. */
  readonly cookies: Readonly<Record<string, string>>
  readonly address: string
}

async function start({ people, cookies, address, project: id }: Start): Promise<void> {
  for (const { page } of windows) page.close()
  pretend(address)
  made.clear()
  browsers.clear()
  ;[project, sequence, up] = [id, 0, true]
  for (const [name, cookie] of Object.entries(cookies)) browsers.set(name, new Browser(cookie))
  windows = people.map(name => new Window(name, browsers.get(name) as Browser))
  for (const window of windows) await window.load()
  await settle()
}

/** All connected, all sent: what each window shows, and what became of each operation. */
async function finish(): Promise<unknown> {
  const lost = await unkept()
  for (const { page } of windows) page.set('on')
  await settle()
  const left = (await Promise.all([...browsers.keys()].map(kept))).flatMap(ids => [...ids])
  return {
    lost,
    left,
    made: [...made.values()],
    shown: windows.map(({ marks }) =>
      marks.map(mark => ({
        ...putOperation(mark, ''),
        author: mark.author,
        changed_by: mark.changedBy,
        order: mark.order,
      })),
    ),
  }
}

async function act(command: Command): Promise<unknown> {
  const window = windows[command.window]
  switch (command.do) {
    case 'start':
      return start(command as unknown as Start)
    case 'settle':
      return settle()
    case 'down':
    case 'up':
      up = command.do === 'up'
      return null
    case 'finish':
      return finish()
    case 'network':
      return window?.page.set(command.kind as Network)
    case 'reload':
      return window?.reload()
  }
  const { page, desk } = window ?? {}
  if (window && page && desk) await page.run(() => DONE[command.do]?.(window, desk, command))
  return null
}

let failure: string | null = null
process.on('unhandledRejection', reason => {
  failure ??= String(reason instanceof Error ? reason.stack : reason)
})

for await (const line of createInterface({ input: process.stdin })) {
  let answer: unknown = null
  try {
    answer = (await act(JSON.parse(line) as Command)) ?? null
  } catch (error) {
    failure ??= String(error instanceof Error ? error.stack : error)
  }
  process.stdout.write(`${JSON.stringify({ answer, failure })}\n`)
}
process.exit(0)
