import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { ApiError } from '../../api/client'
import { changeSource, removeSource } from '../../api/sources'
import { type SourceLook, sourceLook } from '../../canvas/colours'
import type { SourceLoader } from '../../live/source-loader'
import { follow } from '../../model/follow'
import type { ProjectState } from '../../model/project'
import { isOther, type ShownPick, type SourcePick, sourcePicks } from '../../model/sources/source-pick'
import type { ViewSettings } from '../../model/view/settings'
import type { ChangedSource, Source } from '../../wire'
import type { Say } from '../say'

/** Milliseconds a threshold must rest before it is shared. */
const REST = 300

/** What the picks of other sources need of the desk. */
export interface OthersHost {
  readonly id: number
  readonly state: ProjectState
  readonly settings: Signal<ViewSettings>
  readonly sync: { readonly sources: Pick<SourceLoader, 'load'> }
  readonly say: Say
}

/** The picks of sources that are not of this project's networks: which are shown, and what people set for each. */
export class OtherPicks {
  readonly rows: ReadonlySignal<readonly Source[]>
  /** Goes up when something else of them is to be seen. */
  readonly changed = signal(0)
  /** How many picks of sources that teach are known of; those that others taught with are fetched for it. */
  readonly taught: ReadonlySignal<number>
  readonly #hidden: ReadonlySignal<readonly number[]>
  readonly #known = new Map<number, readonly SourcePick[]>()
  readonly #resting = new Map<
    number,
    { readonly timer: ReturnType<typeof setTimeout>; readonly before: Source }
  >()
  readonly #ends: (() => void)[] = []

  constructor(readonly host: OthersHost) {
    this.rows = computed(() => host.state.sources.value.filter(isOther))
    this.taught = computed(() => {
      this.changed.value // the picks may have come since
      const teaching = this.rows.value.filter(({ teaches }) => teaches)
      return teaching.reduce(
        (sum, row) => sum + (host.state.sourceBlocks.count(row.id, row.threshold) ?? 0),
        0,
      )
    })
    this.#hidden = computed(() => host.settings.value.hiddenSources)
  }

  start(): void {
    const { state } = this.host
    this.#ends.push(
      follow([this.rows, this.#hidden, state.project, state.micrographs], () => {
        for (const { id, teaches } of this.rows.peek())
          if (teaches || !this.#hidden.peek().includes(id)) void this.host.sync.sources.load(id)
        this.#forget()
      }),
      state.sourceBlocks.listen(() => this.#forget()),
      state.marks.listen(micrograph => {
        if (this.#known.delete(micrograph)) this.changed.value++
      }),
    )
  }

  stop(): void {
    for (const end of this.#ends) end()
    for (const { timer } of this.#resting.values()) clearTimeout(timer)
  }

  look(source: Source): SourceLook {
    return sourceLook(this.rows.value.findIndex(({ id }) => id === source.id))
  }

  isShown({ id }: Source): boolean {
    return !this.#hidden.value.includes(id)
  }

  flip({ id }: Source): void {
    const settings = this.host.settings.peek()
    const rest = settings.hiddenSources.filter(hidden => hidden !== id)
    const hiddenSources = rest.length < settings.hiddenSources.length ? rest : [...rest, id]
    this.host.settings.value = { ...settings, hiddenSources }
  }

  /** Those shown on a micrograph; none where it is excluded. */
  of(micrograph: number): readonly SourcePick[] {
    let picks = this.#known.get(micrograph)
    if (!picks) {
      picks = this.#make(micrograph)
      this.#known.set(micrograph, picks)
    }
    return picks
  }

  /** With the picks that count: all that a press may mean. */
  withFinals(micrograph: number): readonly ShownPick[] {
    const finals = this.host.state.finals.of(micrograph)
    const others = this.of(micrograph)
    return others.length > 0 ? [...finals, ...others] : finals
  }

  drawn(micrograph: number): { look: SourceLook; picks: readonly SourcePick[] }[] {
    const all = this.of(micrograph)
    if (all.length === 0) return []
    return this.#shown().map(source => ({
      look: this.look(source),
      picks: all.filter(pick => pick.of === source.id),
    }))
  }

  /** Moves a threshold: here at once, for everyone when it rests. */
  slide(source: Source, threshold: number): void {
    const resting = this.#resting.get(source.id)
    clearTimeout(resting?.timer)
    const before = resting?.before ?? source
    this.#show({ ...source, threshold })
    const timer = setTimeout(() => {
      this.#resting.delete(source.id)
      void this.#save(before, { threshold })
    }, REST)
    this.#resting.set(source.id, { timer, before })
  }

  teach(source: Source, teaches: boolean): void {
    this.#show({ ...source, teaches })
    void this.#save(source, { teaches })
  }

  rename(source: Source, text: string): void {
    const name = text.trim()
    if (name === '' || name === source.name) return
    this.#show({ ...source, name })
    void this.#save(source, { name })
  }

  /** Raises ApiError. */
  async remove({ id }: Source): Promise<void> {
    await removeSource(this.host.id, id)
  }

  async #save(before: Source, change: ChangedSource): Promise<void> {
    try {
      await changeSource(this.host.id, before.id, change)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.#show(before)
      this.host.say(`Could not change ${before.name}. ${error.message}`, 'error')
    }
  }

  #show(source: Source): void {
    const { sources } = this.host.state
    sources.value = sources.peek().map(row => (row.id === source.id ? source : row))
  }

  #shown(): readonly Source[] {
    return this.rows.peek().filter(({ id }) => !this.#hidden.peek().includes(id))
  }

  #forget(): void {
    this.#known.clear()
    this.changed.value++
  }

  #make(micrograph: number): readonly SourcePick[] {
    const { state } = this.host
    if (state.micrograph(micrograph)?.excluded) return NONE
    const { verdicts } = state.marks.of(micrograph)
    const found = this.#shown().flatMap(source => {
      const block = state.sourceBlocks.of(source.id, micrograph)
      return block ? sourcePicks(source, block, verdicts, state.diameter(micrograph)) : []
    })
    return found.length > 0 ? found : NONE
  }
}

const NONE: readonly SourcePick[] = []
