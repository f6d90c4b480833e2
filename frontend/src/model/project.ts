import { computed, signal } from '@preact/signals'
import {
  type Averages,
  type ExportFormat,
  type Job,
  type Member,
  type Micrograph,
  type Person,
  type PointedMessage,
  type Project,
  ROLES,
  type Role,
  type ServerLimits,
  type Source,
  type SuggestedDiameter,
  type Training,
  type Watched,
} from '../wire'
import { CommentStore } from './comments/comment-store'
import { Ledger } from './marks/ledger'
import { MarkStore } from './marks/marks'
import type { Limits, Rule } from './picks/final'
import { Finals } from './picks/finals'
import { type PickBlock, PickStore } from './picks/picks'
import type { Summary } from './picks/summary'
import type { Lately } from './presence/lately'
import { Views } from './presence/views'
import { WorkQueue } from './queue/work-queue'
import { SourceStore } from './sources/source-store'

/** Shown where the pixel size, and so the diameter in pixels, is not known yet. */
const GUESSED_DIAMETER = 64

/** Why nothing can be changed while one looks at the past. */
const PAST = 'This is how it was: nothing can be changed here. Press Esc to come back to now.'

/** Before the snapshot has come. */
const UNTOLD: ServerLimits = {
  least_labels: 0,
  corners: 0,
  operations: 0,
  centres: 0,
  tile: 0,
  crops: 0,
  crops_across: 0,
  coordinate_files: 0,
  comment: 0,
  claim_seconds: 0,
}

/** A page holds all picks of a project with so many, 8 MB. */
export const MOST_HELD = 500_000

type Row = Pick<
  Micrograph,
  'excluded' | 'particle_threshold' | 'contamination_threshold' | 'pixel_size' | 'width' | 'height'
>

/** Particle diameter on a micrograph, in its pixels. */
export function diameterOf(row: Row | null, project: Project | null): number {
  const angstrom = project?.particle_diameter
  return row?.pixel_size && angstrom ? angstrom / row.pixel_size : GUESSED_DIAMETER
}

/** What network picks must pass on a micrograph, whose particles have a diameter in pixels; null if it is excluded. */
export function ruleOf(row: Row | null, limits: Limits, diameter: number): Rule | null {
  if (row?.excluded) return null
  return {
    particle: row?.particle_threshold ?? limits.particle,
    contamination: row?.contamination_threshold ?? limits.contamination,
    minimumDistance: limits.minimumDistance * diameter,
    borderMargin: limits.borderMargin * diameter,
    width: row?.width ?? Infinity,
    height: row?.height ?? Infinity,
  }
}

/** The state of one open project: small things as signals, marks and picks in stores of their own. */
export class ProjectState {
  readonly you = signal<{ id: number; username: string; role: Role } | null>(null)
  readonly project = signal<Project | null>(null)
  /** What the micrographs suggest, once it is asked for or told; null while nothing is known of it. */
  readonly suggestedDiameter = signal<SuggestedDiameter | null>(null)
  readonly members = signal<readonly Member[]>([])
  /** In the order of their names (name-order.ts), which all lists follow. */
  readonly micrographs = signal<readonly Micrograph[]>([])
  readonly trainings = signal<readonly Training[]>([])
  /** Those of trainings among them; the oldest first. */
  readonly sources = signal<readonly Source[]>([])
  readonly jobs = signal<readonly Job[]>([])
  /** Class averages, as far as they were asked for or told of. */
  readonly averages = signal<readonly Averages[]>([])
  /** Watched folders, those that are stopped included. */
  readonly watched = signal<readonly Watched[]>([])
  readonly people = signal<readonly Person[]>([])
  readonly views = new Views()
  /** Who pointed at something last. */
  readonly pointed = signal<PointedMessage | null>(null)
  /** Where others changed marks a moment ago. */
  readonly lately = signal<readonly Lately[]>([])
  readonly queue: WorkQueue = new WorkQueue(this)
  readonly formats = signal<readonly ExportFormat[]>([])
  /** Of the files that the server reads, such as .mrc; the preferred kind first. */
  readonly extensions = signal<readonly string[]>([])
  /** Extension of a file that is no micrograph, such as .eer, and why it is left out. */
  readonly otherKinds = signal<Readonly<Record<string, string>>>({})
  readonly tiles = signal('')
  readonly limits = signal<ServerLimits>(UNTOLD)
  /** What the sliders show: the project's values, or those to which this person is dragging them. */
  readonly thresholds = signal<Limits>({
    particle: 0.5,
    contamination: 0.5,
    minimumDistance: 0,
    borderMargin: 0.5,
  })

  /** Who last changed what, since this page was loaded: by a mark's id, or by `project` or a micrograph's id and the
   * name of a field. Null: nobody, as when a training ends. */
  readonly changers = new Map<string, number | null>()

  readonly marks = new MarkStore()
  readonly blocks = new PickStore()
  readonly sourceBlocks = new SourceStore()
  readonly ledger = new Ledger(this.marks, () => this.you.peek()?.id ?? null)
  readonly comments = new CommentStore(this.you)
  readonly finals = new Finals(
    this.marks,
    this.blocks,
    id => this.diameter(id),
    id => this.rule(id),
  )

  readonly #role = computed(() => this.you.value && ROLES[this.you.value.role])
  readonly #archived = computed(() =>
    this.project.value?.archived
      ? 'This project is archived. An owner can unarchive it in the project settings.'
      : '',
  )
  /** Whether this person looks at the past, and so changes nothing. */
  readonly travelling = signal(false)
  readonly #still = computed(() => (this.travelling.value ? PAST : this.#archived.value))
  /** Why this person may not change anything here, in words for them; empty if they may. */
  readonly locked = computed(() => {
    if (this.#still.value || !this.#role.value || this.#role.value.annotates) return this.#still.value
    if (this.guest.value) return `Guests can only look. Ask ${this.#managers.value} for an account here.`
    return `Viewers can look and download only. Ask ${this.#managers.value} to make you an annotator.`
  })
  /** The same for trainings, thresholds and imports. */
  readonly lockedRun = computed(() => {
    if (this.#still.value || !this.#role.value || this.#role.value.manages) return this.#still.value
    return `Managers and owners do this. Ask ${this.#managers.value}.`
  })
  /** Here by a shared link, without an account. */
  readonly guest = signal(false)
  /** Who this browser is among those here: of guests each has a number of its own. */
  readonly here = signal<number | null>(null)
  readonly mayEdit = computed(() => this.you.value !== null && this.locked.value === '')
  /** Train, move the project's thresholds, import. */
  readonly mayRun = computed(() => this.you.value !== null && this.lockedRun.value === '')
  /** Members and settings, which can be changed in an archived project too. */
  readonly mayManage = computed(() => this.#role.value?.manages ?? false)
  readonly mayOwn = computed(() => this.#role.value?.owns ?? false)
  /** Whom to ask, by name. */
  readonly #managers = computed(() => {
    const names = this.members.value.filter(({ role }) => ROLES[role].manages).map(({ username }) => username)
    return names.length > 3 ? 'an owner or manager' : names.join(' or ') || 'an owner'
  })
  /** The training whose picks people see. */
  readonly current = computed(
    () => this.trainings.value.find(row => row.id === this.project.value?.current_training) ?? null,
  )
  /** The first guess, while people see its picks: before the first training. */
  readonly guess = computed(() =>
    this.current.value ? null : (this.sources.value.find(({ kind }) => kind === 'first_guess') ?? null),
  )
  /** Whether any networks pick here, and whether those know contamination. */
  readonly networks = computed(() => {
    const of = this.current.value ?? this.guess.value?.how
    return of ? { contamination: of.has_contamination_network === true } : null
  })
  readonly names = computed(() => new Map(this.members.value.map(m => [m.id, m.username])))
  readonly #byId = computed(() => new Map(this.micrographs.value.map(m => [m.id, m])))

  /** Whether there are more picks than a page holds: then it has those of micrographs that were looked at, and a summary. */
  readonly partial = computed(
    () => this.micrographs.value.reduce((sum, { picks }) => sum + (picks?.count ?? 0), 0) > MOST_HELD,
  )
  /** What the server counted, where this page does not hold all picks; at the thresholds of a moment ago. */
  readonly summary = signal<Summary | null>(null)

  micrograph(id: number | null): Micrograph | null {
    return id === null ? null : (this.#byId.value.get(id) ?? null)
  }

  /** Records for every micrograph which of its picks are shown. */
  notePicks(): void {
    this.micrographs.value = this.micrographs.value.map(row => {
      const block = this.blocks.of(row.id)
      if (!block || block.source === row.picks?.source) return row
      return { ...row, picks: { source: block.source, count: block.count } }
    })
  }

  /** The same, from what the server told of those that are not held. */
  noteSummary(summary: Summary): void {
    let changed = false
    const rows = this.micrographs.peek().map(row => {
      const told = this.blocks.of(row.id) ? undefined : summary.of(row.id)
      if (!told || (told.source === (row.picks?.source ?? null) && told.count === (row.picks?.count ?? 0)))
        return row
      changed = true
      return { ...row, picks: told.source === null ? null : { source: told.source, count: told.count } }
    })
    if (changed) this.micrographs.value = rows
  }

  /** Forgets the picks of a source that was removed. */
  forgetPicks(source: number): void {
    this.blocks.removeSource(source)
    this.micrographs.value = this.micrographs
      .peek()
      .map(row => (row.picks?.source === source ? { ...row, picks: null } : row))
  }

  /** Picks nearer to the border than this do not count, Å. */
  readonly borderMargin = computed(
    () => this.thresholds.value.borderMargin * (this.project.value?.particle_diameter ?? 0),
  )

  /** Notes which training's picks are shown, by the project's row and the sources there are. */
  followCurrent(): void {
    const current = this.project.peek()?.current_training ?? null
    const source = this.sources.peek().find(({ training }) => training !== null && training === current)
    this.blocks.current = source?.id ?? null
  }

  /** By which training the server keeps score maps of a source's picks: 0 for the first guess, null where there are none. */
  scoredBy(source: number): number | null {
    const found = this.sources.value.find(({ id }) => id === source)
    return found?.kind === 'first_guess' ? 0 : (found?.training ?? null)
  }

  /** Particle diameter on a micrograph, in its pixels. */
  diameter(micrograph: number): number {
    return diameterOf(this.micrograph(micrograph), this.project.value)
  }

  /** What network picks must pass on a micrograph; null where it is excluded. */
  rule(micrograph: number): Rule | null {
    return ruleOf(this.micrograph(micrograph), this.thresholds.peek(), this.diameter(micrograph))
  }

  /** Shows a change of a micrograph's row, ahead of the server. */
  changeMicrograph(id: number, change: Partial<Micrograph>): void {
    this.micrographs.value = this.micrographs.peek().map(row => (row.id === id ? { ...row, ...change } : row))
  }

  /** The picks off the border of all micrographs that take part, whatever their scores. */
  *includedBlocks(): Iterable<PickBlock> {
    for (const { id } of this.micrographs.value) {
      const rule = this.rule(id)
      const block = this.blocks.of(id)
      if (rule && block) yield block.offBorder(rule)
    }
  }

  name(user: number | null): string {
    if (user === null) return 'someone'
    return (
      this.names.value.get(user) ?? this.people.value.find(({ id }) => id === user)?.username ?? 'someone'
    )
  }
}
