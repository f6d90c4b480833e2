import { batch, computed, effect, signal } from '@preact/signals'
import { getSuggestions } from '../api/suggestions'
import type { Point } from '../geometry/point'
import type { View } from '../geometry/view'
import { Deletion } from '../live/deletion'
import { OwnThresholds } from '../live/own-thresholds'
import { SharedSettings } from '../live/shared-settings'
import { Sync } from '../live/sync'
import { SharedThresholds } from '../live/thresholds'
import { Counts } from '../model/counts'
import { follow } from '../model/follow'
import type { Target } from '../model/marks/hit'
import type { How } from '../model/marks/selection'
import type { PickBlock } from '../model/picks/picks'
import { ProjectState } from '../model/project'
import type { SettingName } from '../model/setting'
import { Editor } from '../model/undo/editor'
import { keptHistory } from '../model/undo/kept-history'
import { loadSettings, type SectionName, type ViewSettings } from '../model/view/settings'
import { flipSplit, splitOf } from '../model/view/split'
import type { ToolName } from '../tools/tool'
import { Uploads } from '../uploads/uploads'
import { Averages } from './averages/averages'
import { Comments } from './comments'
import { Exports } from './exports'
import { Gallery } from './gallery/gallery'
import { HistoryList } from './history-list'
import { tellLosses } from './lost'
import { Overview } from './overview'
import { Presence } from './presence'
import { Restorations } from './restorations'
import type { Say } from './say'
import { Sections } from './sections'
import { Selection } from './selection'
import { Settling } from './settling'
import type { SideName } from './side'
import { Compared } from './sources/compared'
import { ComingCoordinates } from './sources/coordinates'
import { OtherPicks } from './sources/other-picks'
import { ScoreMap } from './stage/score-map'
import { Travel } from './travel'
import { Turns } from './turns'
import { Undo } from './undo'
import { Walk } from './walk'

export type DialogName =
  | 'export'
  | 'settings'
  | 'keys'
  | 'folders'
  | 'live'
  | 'trainings'
  | 'adopt'
  | 'spectrum'
  | 'ctf'
  | 'compare'
  | 'webhooks'
  | 'deleted'

/** Parts of the right panel in which settings of the project are made. */
const SECTIONS: Partial<Record<SettingName, SectionName>> = {
  keep_training: 'Train',
  particle_threshold: 'Thresholds',
  contamination_threshold: 'Thresholds',
  minimum_distance: 'Thresholds',
  border_margin: 'Thresholds',
}

/** More places than this at once would only flicker. */
const MOST_FLASHED = 200

/** One person's place at one project: what is open, chosen and pointed at, and the parts that act on it. */
export class Desk {
  readonly state = new ProjectState()
  readonly sync: Sync
  readonly editor: Editor
  readonly uploads: Uploads
  readonly shared: SharedSettings
  readonly deletion: Deletion
  readonly thresholds: SharedThresholds
  readonly ownThresholds: OwnThresholds
  readonly counts = new Counts(this.state, run => requestAnimationFrame(run))
  readonly settings = loadSettings(localStorage)
  readonly sections = new Sections(this.settings)
  readonly gallery: Gallery
  readonly averages: Averages
  readonly overview: Overview
  readonly scoreMap = new ScoreMap()
  readonly coordinates: ComingCoordinates
  readonly history: HistoryList

  readonly current = signal<number | null>(null)
  readonly tool = signal<ToolName>('select')
  /** What presses of selecting and region tools do, as Shift and Alt do on a keyboard. */
  readonly mode = signal<How>('replace')
  readonly others = new OtherPicks(this)
  readonly compared = new Compared(this)
  readonly selection = new Selection(
    this.state,
    () => this.current.peek(),
    id => this.others.withFinals(id),
  )
  readonly cursor = signal<Point | null>(null)
  /** The grey on screen below the cursor, 0–255, as it was before contrast and inversion. */
  readonly grey = signal<number | null>(null)
  /** The place that the canvas was last asked to show. */
  readonly place = signal<Point | null>(null)
  readonly view = signal<View | null>(null)
  /** How often each grey value is on screen, as it was before contrast and inversion. */
  readonly histogram = signal<Uint32Array | null>(null)
  /** Places of the open micrograph to look at, for a moment. */
  readonly flashed = signal<readonly Point[]>([])
  readonly dialog = signal<DialogName | null>(null)
  /** What the right column shows. */
  readonly side = signal<SideName>('picking')
  /** The picks of all micrographs that take part: a new list when some have come, at most once a frame. */
  readonly picks = signal<readonly PickBlock[]>([])
  readonly micrograph = computed(() => this.state.micrograph(this.current.value))
  readonly diameter = computed(() => {
    const id = this.current.value
    return id === null ? 0 : this.state.diameter(id)
  })
  /** A particle diameter that this person tries out, Å: it is shown on the canvas meanwhile. */
  readonly triedDiameter = signal<number | null>(null)
  /** The same in pixels of the open micrograph. */
  readonly tried = computed(() => {
    const pixel = this.micrograph.value?.pixel_size
    return pixel && this.triedDiameter.value ? this.triedDiameter.value / pixel : null
  })
  /** Where the divider of the split view lies; null where one image fills the canvas. */
  readonly split = computed(() => splitOf(this.settings.value, this.micrograph.value?.pixel_size ?? null))
  readonly walk = new Walk(this, () => getSuggestions(this.id))
  readonly settling = new Settling(this)
  readonly undo = new Undo(this)
  readonly presence = new Presence(this)
  readonly exports = new Exports(this)
  readonly turns = new Turns(this)
  readonly comments = new Comments(this)
  readonly travel = new Travel(this)
  readonly restorations = new Restorations(this)
  readonly #ends: (() => void)[] = []

  constructor(
    readonly id: number,
    readonly say: Say,
  ) {
    this.sync = new Sync(
      id,
      this.state,
      message => say(message, 'error'),
      losses => tellLosses(this, losses),
    )
    this.editor = new Editor(this.state.ledger, operations => this.sync.send(operations))
    this.uploads = new Uploads(id)
    this.history = new HistoryList(id, this.sync.reached)
    this.shared = new SharedSettings(this.state, this.editor.history, message => say(message, 'error'))
    this.deletion = new Deletion(id, this.state, this.editor.history)
    this.thresholds = new SharedThresholds(this.state, this.shared)
    this.ownThresholds = new OwnThresholds(this.state, this.shared)
    this.gallery = new Gallery(this)
    this.coordinates = new ComingCoordinates({
      id,
      state: this.state,
      current: this.current,
      history: this.editor.history,
      say,
    })
    this.overview = new Overview(this)
    this.averages = new Averages(this)
  }

  /** Loads everything and opens the micrograph last looked at; raises ApiError. */
  async start(): Promise<void> {
    const { state } = this
    await this.sync.start()
    if (state.mayRun.peek()) void this.uploads.refresh()
    this.#ends.push(
      effect(() => this.#keepOpen()),
      effect(() => this.sync.look(this.current.value)),
      follow([state.micrographs], () => void this.uploads.lookAgain()),
      follow([state.thresholds, state.project, state.micrographs, state.summary], () => this.#recount()),
      state.marks.listen(() => this.selection.follow()),
      follow([this.others.changed], () => this.selection.follow()),
      follow([this.current], () => void this.coordinates.look()),
      ...this.#gatherPicks(),
      ...this.#oneViewAtATime(),
      this.#keepHistory(),
      this.exports.watch(),
      this.restorations.start(),
      this.comments.start(),
      this.turns.start(),
    )
    this.presence.start()
    this.others.start()
    this.compared.start()
    this.gallery.start()
    this.averages.start()
  }

  flash(places: readonly Point[]): void {
    this.flashed.value = places.slice(0, MOST_FLASHED)
  }

  /** Changes how this person looks at micrographs. */
  set(change: Partial<ViewSettings>): void {
    this.settings.value = { ...this.settings.peek(), ...change }
  }

  flipSplit(): void {
    this.set(flipSplit(this.settings.peek(), this.micrograph.peek()?.pixel_size ?? null))
  }

  stop(): void {
    this.presence.stop()
    this.sync.stop()
    this.uploads.stop()
    this.gallery.stop()
    this.averages.stop()
    this.others.stop()
    this.compared.stop()
    this.travel.stop()
    this.coordinates.close()
    for (const end of this.#ends) end()
  }

  open(id: number): void {
    this.overview.open.value = false
    this.averages.open.value = false
    if (id === this.current.peek()) return
    this.selection.clear()
    this.current.value = id
    localStorage.setItem(this.#key(), String(id))
  }

  /** Closes what shows or changes the present on the canvas. */
  closeViews(): void {
    this.gallery.set({ open: false })
    this.walk.leave()
    this.settling.leave()
    this.compared.leave()
    this.coordinates.close()
    this.exports.shown.value = null
    this.overview.open.value = false
    this.averages.open.value = false
  }

  /** Opens a micrograph with a place of it in the middle, and selects what is there. */
  show(id: number, { x, y }: Point, target: Target): void {
    batch(() => {
      this.open(id)
      this.selection.set([target])
      this.place.value = { x, y }
    })
  }

  /** Opens the dialog, or the part of the panel, in which something of the project is set. */
  showSetting(name: SettingName): void {
    const section = SECTIONS[name]
    if (!section) this.dialog.value = name === 'current_training' ? 'trainings' : 'settings'
    else {
      this.side.value = 'picking'
      this.sections.reveal(section)
    }
  }

  /** Undo and redo survive a reload, and a visit to another page. */
  #keepHistory(): () => void {
    const keep = keptHistory(sessionStorage, this.state.you.peek()?.id ?? 0, this.id, this.editor.history)
    const press = (): void => {
      this.shared.press = crypto.randomUUID()
    }
    addEventListener('pointerdown', press, true)
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('pointerdown', press, true)
      removeEventListener('pagehide', keep)
      keep()
    }
  }

  #gatherPicks(): (() => void)[] {
    let due = false
    const gather = (): void => {
      if (due) return
      due = true
      requestAnimationFrame(() => {
        due = false
        this.picks.value = [...this.state.includedBlocks()]
      })
    }
    return [
      this.state.blocks.listen(gather),
      follow([this.state.micrographs, this.state.borderMargin], gather),
    ]
  }

  /** Comparisons, previews and imports draw on the same canvas: what was opened last is seen alone. */
  #oneViewAtATime(): (() => void)[] {
    const { exports, compared, coordinates, travel, walk, settling, overview } = this
    const close = (): void => {
      exports.shown.value = null
    }
    return [
      follow([exports.shown, compared.shown, overview.open], () => {
        if (exports.shown.peek() || compared.shown.peek() || overview.open.peek()) travel.leave()
      }),
      follow([exports.shown], () => exports.shown.peek() && compared.leave()),
      follow([compared.shown], () => compared.shown.peek() && close()),
      follow([walk.active], () => walk.active.peek() && settling.leave()),
      follow([settling.active], () => settling.active.peek() && walk.leave()),
      follow([coordinates.open], () => {
        if (!coordinates.open.peek()) return
        this.side.value = 'picking'
        close()
        compared.leave()
      }),
    ]
  }

  /** Some micrograph is always open while there is one. */
  #keepOpen(): void {
    const rows = this.state.micrographs.value
    const id = this.current.peek()
    if (rows.some(row => row.id === id)) return
    const last = Number(localStorage.getItem(this.#key()))
    const next = rows.find(row => row.id === last) ?? rows[0]
    this.selection.clear()
    this.current.value = next?.id ?? null
  }

  #recount(): void {
    this.state.finals.forgetAll()
    this.counts.touchAll()
    this.selection.follow()
  }

  #key(): string {
    return `cryoweb.open.${this.id}`
  }
}
