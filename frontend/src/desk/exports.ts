import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { ApiError } from '../api/client'
import { getExport, getExportedPoints, listExports, removeExport, startExport } from '../api/exports'
import type { Sync } from '../live/sync'
import type { Export, ExportedPoints, NewExport } from '../wire'

/** What exports need of the desk. */
export interface Place {
  readonly id: number
  readonly sync: Pick<Sync, 'held'>
  readonly current: ReadonlySignal<number | null>
}

const FIRST_LOOK = 100
const SELDOMEST = 1000

/** The exports of a project, and the one whose file is drawn over the micrographs. */
export class Exports {
  /** Those that are kept, the newest first. */
  readonly kept = signal<readonly Export[]>([])
  /** The export that is previewed. */
  readonly shown = signal<Export | null>(null)
  /** What its file says of the open micrograph; null while that is on its way. */
  readonly points = signal<ExportedPoints | null>(null)
  readonly problem = signal('')

  constructor(readonly place: Place) {}

  async refresh(): Promise<void> {
    const listed = await listExports(this.place.id)
    const newest = listed[0]?.id ?? 0 // one that was asked for meanwhile is not in the list
    this.kept.value = [...this.kept.peek().filter(each => each.id > newest), ...listed]
    for (const each of this.kept.peek()) if (!ended(each)) void this.#follow(each.id)
  }

  /** Raises ApiError where the server refuses the options. */
  async start(wanted: NewExport): Promise<Export> {
    await this.place.sync.held()
    const made = await startExport(this.place.id, wanted)
    this.#put(made)
    void this.#follow(made.id)
    return made
  }

  async remove(id: number): Promise<void> {
    await removeExport(id)
    this.kept.value = this.kept.peek().filter(each => each.id !== id)
    if (this.shown.peek()?.id === id) this.shown.value = null
  }

  /** Keeps the points those of the export that is shown and of the open micrograph. */
  watch(): () => void {
    return effect(() => {
      const shown = this.shown.value
      const micrograph = this.place.current.value
      this.points.value = null
      this.problem.value = ''
      if (shown && micrograph !== null) void this.#load(shown, micrograph)
    })
  }

  async #load(shown: Export, micrograph: number): Promise<void> {
    const still = (): boolean => this.shown.peek() === shown && this.place.current.peek() === micrograph
    try {
      const points = await getExportedPoints(shown.id, micrograph)
      if (still()) this.points.value = points
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (still()) this.problem.value = error.message
    }
  }

  /** Asks until the export has ended: often at first, for most take a moment. */
  async #follow(id: number): Promise<void> {
    for (let wait = FIRST_LOOK; ; wait = Math.min(SELDOMEST, wait * 1.5)) {
      await new Promise(resolve => setTimeout(resolve, wait))
      if (!this.kept.peek().some(each => each.id === id)) return
      try {
        const now = await getExport(id)
        this.#put(now)
        if (ended(now)) return
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        if (!error.passing) return
      }
    }
  }

  #put(one: Export): void {
    const others = this.kept.peek().filter(each => each.id !== one.id)
    this.kept.value = [one, ...others].sort((a, b) => b.id - a.id)
  }
}

export function ended({ status }: Export): boolean {
  return status !== 'queued' && status !== 'running'
}
