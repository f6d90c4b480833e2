import { type ReadonlySignal, signal } from '@preact/signals'
import { ApiError } from '../../api/client'
import {
  addCoordinateFiles,
  changeCoordinateImport,
  dropCoordinateImport,
  getComingPicks,
  getCoordinateImport,
  startCoordinateImport,
  storeCoordinates,
} from '../../api/coordinates'
import type { Label } from '../../model/marks/mark'
import type { Change } from '../../model/marks/operation'
import type { PickBlock } from '../../model/picks/picks'
import type { ProjectState } from '../../model/project'
import { type SourcePick, sourcePicks } from '../../model/sources/source-pick'
import type { History } from '../../model/undo/history'
import type { ChosenFile } from '../../uploads/chosen'
import { parts, tooLarge } from '../../uploads/coordinate-files'
import type { ChangedCoordinateImport, CoordinateImport, Source, StoreCoordinates } from '../../wire'
import type { Say } from '../say'

/** How often it is looked whether all new labels have come, ms. */
const NOTICED = 100

/** What an import needs of the desk. */
export interface ComingHost {
  readonly id: number
  readonly state: ProjectState
  readonly current: ReadonlySignal<number | null>
  readonly history: History
  readonly say: Say
}

/** Picks that are looked at before they are stored have no source yet. */
const PREVIEW: Source = {
  id: 0,
  kind: 'imported',
  name: '',
  training: null,
  threshold: null,
  lowest_score: null,
  highest_score: null,
  teaches: false,
  how: {},
  created_by: null,
  created_at: '',
}

/** Coordinates of another program on their way in: read by the server, looked at here, stored if they are right. */
export class ComingCoordinates {
  /** Whether the panel is open. */
  readonly open = signal(false)
  readonly draft = signal<CoordinateImport | null>(null)
  /** Files that came beside micrographs, and are looked at when somebody asks for it. */
  readonly offered = signal<readonly ChosenFile[]>([])
  /** What is being done, in words; empty while nothing is. */
  readonly busy = signal('')
  readonly error = signal('')
  /** Goes up when the preview of the open micrograph has changed. */
  readonly changed = signal(0)
  #id: string | null = null
  #picks: { readonly micrograph: number; readonly picks: readonly SourcePick[] } | null = null
  #asked = 0

  constructor(readonly host: ComingHost) {}

  offer(files: readonly ChosenFile[]): void {
    this.offered.value = [...this.offered.peek(), ...files]
  }

  /** Opens the panel with those that are offered. */
  async bringOffered(): Promise<void> {
    const files = this.offered.peek()
    this.offered.value = []
    await this.bring(files)
  }

  /** Opens the panel with files, in place of those that were looked at. */
  async bring(files: readonly ChosenFile[]): Promise<void> {
    const reason = this.host.state.locked.peek()
    if (reason) return this.host.say(reason)
    this.close()
    this.open.value = true
    const most = this.host.state.limits.peek().coordinate_files
    this.error.value = tooLarge(this.host.id, files, most) ?? ''
    if (this.error.value) return
    await this.#run('Reading the files…', async () => {
      const { id } = await startCoordinateImport(this.host.id)
      this.#id = id
      for (const part of parts(files, most)) await addCoordinateFiles(id, part)
      this.#show(await getCoordinateImport(id))
    })
  }

  /** Changes how the files are read; what was chosen last wins. */
  async change(wanted: ChangedCoordinateImport): Promise<void> {
    const id = this.#id
    const before = this.draft.peek()
    if (!id || !before) return
    const asked = ++this.#asked
    this.draft.value = shownAtOnce(before, wanted)
    const done = await this.#run('Reading the files again…', async () => {
      const draft = await changeCoordinateImport(id, wanted)
      if (asked === this.#asked && id === this.#id) this.#show(draft)
    })
    if (!done && asked === this.#asked && id === this.#id) this.draft.value = before
  }

  /** Fetches what would be stored on the open micrograph. */
  async look(): Promise<void> {
    const { draft, host } = this
    const micrograph = host.current.peek()
    if (!draft.peek() || !this.#id || micrograph === null) return this.#preview(null, micrograph)
    const id = this.#id
    const asked = this.#asked
    try {
      const block = await getComingPicks(id, micrograph)
      if (id === this.#id && asked === this.#asked && micrograph === host.current.peek())
        this.#preview(block, micrograph)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.#preview(null, micrograph)
    }
  }

  /** Those to draw on a micrograph. */
  of(micrograph: number): readonly SourcePick[] {
    return this.#picks?.micrograph === micrograph ? this.#picks.picks : []
  }

  /** Stores all that matches, for everyone, and closes the panel. */
  async store(how: StoreCoordinates): Promise<void> {
    const id = this.#id
    if (!id) return
    await this.#run('Storing…', async () => {
      const { source, labels, already } = await storeCoordinates(id, how)
      this.#id = null
      this.close()
      if (source) return this.host.say(`${source.name} is among the other picks.`)
      const there = already > 0 ? ` ${already.toLocaleString('en')} were there already.` : ''
      this.host.say(`Stored ${labels.length.toLocaleString('en')} labels.${there}`)
      this.#noteStep(labels)
    })
  }

  /** Closes the panel, and gives up what was not stored. */
  close(): void {
    if (this.#id) void dropCoordinateImport(this.#id).catch(() => undefined)
    this.#id = null
    this.#asked++
    this.open.value = false
    this.draft.value = null
    this.error.value = ''
    this.#preview(null, null)
  }

  #show(draft: CoordinateImport): void {
    this.draft.value = draft
    void this.look()
  }

  #preview(block: PickBlock | null, micrograph: number | null): void {
    const diameter = micrograph === null ? 1 : this.host.state.diameter(micrograph)
    const picks = block ? sourcePicks(PREVIEW, block, [], diameter) : []
    this.#picks = micrograph === null ? null : { micrograph, picks }
    this.changed.value++
  }

  /** Storing labels is one step of undo, once the socket has brought them all. */
  #noteStep(ids: readonly string[]): void {
    const { state, history } = this.host
    const [first] = ids
    if (first === undefined) return
    const note = (): boolean => {
      const marks = ids.map(id => state.marks.get(id))
      if (!marks.every(mark => mark?.type === 'label')) return false
      const changes: Change[] = (marks as Label[]).map(after => ({ before: null, after }))
      const micrograph = (marks[0] as Label).micrograph
      history.add({ type: 'marks', micrograph, changes, gesture: null })
      return true
    }
    if (note()) return
    let due = false
    const stop = state.marks.listen(() => {
      if (due) return
      due = true
      setTimeout(() => {
        due = false
        if (note()) stop()
      }, NOTICED)
    })
  }

  async #run(what: string, work: () => Promise<void>): Promise<boolean> {
    this.busy.value = what
    this.error.value = ''
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.error.value = error.message
      return false
    } finally {
      this.busy.value = ''
    }
  }
}

/** What a person chose is shown before the server has read the files by it. */
function shownAtOnce(draft: CoordinateImport, wanted: ChangedCoordinateImport): CoordinateImport {
  const { placing, merge_doubled } = wanted
  return {
    ...draft,
    ...(placing && { placing }),
    ...(merge_doubled !== undefined && { merge_doubled }),
  }
}
