import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { CropPlace } from '../../api/crops'
import { offBorder } from '../../geometry/border'
import type { Polygon } from '../../geometry/polygon'
import type { PickLoader } from '../../live/pick-loader'
import type { Sync } from '../../live/sync'
import { listMembers } from '../../model/averages/member-crops'
import type { Member } from '../../model/averages/members'
import { follow } from '../../model/follow'
import { listCrops } from '../../model/gallery/crop-list'
import { CROP_KINDS, type Crop, cropsOf, isTarget, sameCrop, targetOf } from '../../model/gallery/crops'
import { type GallerySettings, loadGallerySettings } from '../../model/gallery/gallery-settings'
import { keyOf } from '../../model/marks/selection'
import type { FinalPick } from '../../model/picks/final'
import type { PickBlock } from '../../model/picks/picks'
import type { ProjectState } from '../../model/project'
import type { SourcePick } from '../../model/sources/source-pick'
import type { Say } from '../say'
import type { Selection } from '../selection'
import type { OtherPicks } from '../sources/other-picks'
import { loadImage, Sheets } from './sheets'

/** Side of a crop in particle diameters. */
const FIELD = 1.6
/** A list that took longer than this to make, ms, waits `REST` ms before it is made again. */
const SLOW = 6
const REST = 150
/** Before pictures that failed to load are requested again, ms. */
const RETRY = 5_000

/** What the gallery needs of the desk. */
export interface GalleryHost {
  readonly id: number
  readonly state: ProjectState
  readonly sync: Pick<Sync, 'renewTiles'> & { readonly picks: Pick<PickLoader, 'loadSome'> }
  readonly current: ReadonlySignal<number | null>
  readonly selection: Pick<Selection, 'targets' | 'only'>
  readonly others: Pick<OtherPicks, 'of' | 'changed' | 'rows'>
  readonly overview: { readonly open: ReadonlySignal<boolean> }
  readonly say: Say
}

/** The picks of a class of averages. */
export interface ClassOfPicks {
  /** "Class 3 of averages 2". */
  readonly title: string
  /** The best first. */
  readonly members: readonly Member[]
}

interface Known {
  readonly finals: readonly FinalPick[]
  readonly block: PickBlock | null
  readonly others: readonly SourcePick[]
  readonly crops: readonly Crop[]
}

/** The list of crops that the gallery shows, and the one that its keys act on. */
export class Gallery {
  readonly settings: Signal<GallerySettings>
  /** The region chosen in the score plane. */
  readonly brush = signal<Polygon | null>(null)
  /** The class whose crops are shown alone; null: those of `settings`. */
  readonly shownClass = signal<ClassOfPicks | null>(null)
  readonly list = signal<readonly Crop[]>([])
  /** Place in the list of the crop that keys act on; -1 where there is none. */
  readonly at = signal(-1)
  /** Goes up when the gallery should scroll to `at`. */
  readonly reveals = signal(0)
  /** Whether it shows a project of which this page holds only some micrographs' picks. */
  readonly some = computed(
    () =>
      this.settings.value.open && this.settings.value.scope === 'project' && this.host.state.partial.value,
  )
  /** Set while the crops are to take the keyboard's focus, as soon as they are there. */
  readonly wanted = signal(false)
  readonly sheets: Sheets
  /** The micrograph whose crops are listed, where that is not all of them. */
  readonly #only = computed(() => (this.settings.value.scope === 'project' ? 'all' : this.host.current.value))
  readonly #selected = computed(() => new Set(this.host.selection.targets.value.map(keyOf)))
  readonly #known = new Map<number, Known>()
  #due = false
  #took = 0
  /** The mark that a change of this person made: `at` follows it. */
  #expected: string | null = null
  /** The next list is shown from its beginning. */
  #toFirst = false
  readonly #ends: (() => void)[] = []

  constructor(readonly host: GalleryHost) {
    this.settings = loadGallerySettings(localStorage, host.id)
    this.sheets = new Sheets({
      tiles: () => host.state.tiles.peek(),
      limits: () => host.state.limits.peek(),
      load: loadImage,
      failed: () => {
        void host.sync.renewTiles().catch(() => undefined)
        setTimeout(() => this.sheets.forgive(), RETRY)
      },
    })
  }

  start(): void {
    const { state } = this.host
    const shown = [this.settings, this.brush, this.shownClass, this.#only]
    this.#ends.push(
      follow([...shown, state.thresholds, state.project, state.micrographs, this.host.others.changed], () =>
        this.#schedule(),
      ),
      effect(() => this.#follow()),
      follow([this.some], () => this.some.peek() && void this.host.sync.picks.loadSome()),
      state.marks.listen(() => this.#schedule()),
      state.blocks.listen(() => this.#schedule()),
    )
  }

  stop(): void {
    for (const end of this.#ends) end()
  }

  /** Whether it is on screen: the overview lies over it. */
  get seen(): boolean {
    return this.settings.peek().open && !this.host.overview.open.peek()
  }

  toggle(): void {
    const open = !this.settings.peek().open
    if (!open) this.shownClass.value = null
    if (!open || this.#may()) this.set({ open })
  }

  /** Shows the crops of a class, from the best on. */
  showClass(shown: ClassOfPicks): void {
    if (!this.#may()) return
    this.#toFirst = true
    this.shownClass.value = shown
    this.set({ open: true, plane: false })
  }

  /** The score plane covers the whole project, and so do the crops next to it. */
  togglePlane(): void {
    const { open, plane } = this.settings.peek()
    if (open && plane) {
      this.brush.value = null
      this.set({ plane: false })
    } else if (this.#may()) {
      this.shownClass.value = null
      this.set({ open: true, plane: true, scope: 'project' })
    }
  }

  /** Shows the picks of the whole project, to be judged by keys. */
  check(): void {
    if (!this.#may()) return
    this.wanted.value = true
    this.set({
      open: true,
      scope: 'project',
      kinds: [...new Set([...this.settings.peek().kinds, 'pick' as const])],
    })
  }

  /** Its crops are those of the present. */
  #may(): boolean {
    const past = this.host.state.travelling.peek()
    if (past) this.host.say('The gallery shows the picks of now. Press Esc to come back to now first.')
    return !past
  }

  set(change: Partial<GallerySettings>): void {
    this.settings.value = { ...this.settings.peek(), ...change }
  }

  /** The project's picks that count, or that do not, and that nobody has judged: the best first, where they teach. */
  open(kind: 'pick' | 'out'): Crop[] {
    const taught = this.host.state.micrographs.peek().filter(({ excluded, blind }) => !excluded && !blind)
    const groups = taught.map(({ id }) => this.#of(id))
    return listCrops(groups, { kinds: [kind], sort: 'combined', descending: true, brush: null })
  }

  /** Lists what was just judged first: the accepted by falling, the rejected by rising score. */
  showJudged(kind: 'accept' | 'reject'): void {
    const { kinds } = this.settings.peek()
    this.brush.value = null
    this.shownClass.value = null
    this.set({
      scope: 'project',
      kinds: CROP_KINDS.filter(each => each === kind || kinds.includes(each)),
      sort: 'combined',
      descending: kind === 'accept',
    })
    this.#toFirst = true
  }

  get current(): Crop | null {
    return this.list.peek()[this.at.peek()] ?? null
  }

  /** Makes a crop the one that keys act on, and scrolls to it. */
  point(index: number): void {
    this.at.value = index
    this.reveals.value++
  }

  /** The mark that takes the current crop's place in the list once it has been rebuilt. */
  expect(mark: string | null): void {
    this.#expected = mark
  }

  /** Whether it is selected on the canvas. */
  isSelected(crop: Crop): boolean {
    return crop.micrograph === this.host.current.value && this.#selected.value.has(keyOf(targetOf(crop)))
  }

  /** As the server knows a crop; null while its micrograph is gone. */
  placeOf(crop: Crop): CropPlace | null {
    const micrograph = this.host.state.micrograph(crop.micrograph)
    if (!micrograph) return null
    const { key, width, height } = micrograph
    const box = Math.round(FIELD * this.host.state.diameter(crop.micrograph))
    return { key, box: Math.min(Math.max(box, 1), 2 * Math.max(width, height), 65_535), x: crop.x, y: crop.y }
  }

  /** Micrograph pixels a crop shows across. */
  field(micrograph: number): number {
    return FIELD * this.host.state.diameter(micrograph)
  }

  /** At most once a frame; a project's list, which takes longer, a few times a second. */
  #schedule(): void {
    if (this.#due || !this.settings.peek().open) return
    this.#due = true
    const run = (): void => {
      this.#due = false
      this.#make()
    }
    if (this.#took > SLOW) setTimeout(run, REST)
    else requestAnimationFrame(run)
  }

  #make(): void {
    const begun = performance.now()
    const before = this.current
    const list = this.#list()
    const at = this.#place(list, before)
    this.at.value = this.#toFirst ? Math.min(0, list.length - 1) : at
    this.list.value = list
    if (this.#toFirst) this.reveals.value++
    this.#toFirst = false
    this.#took = performance.now() - begun
  }

  #list(): readonly Crop[] {
    const shown = this.shownClass.peek()
    if (!shown) return listCrops(this.#groups(), { ...this.settings.peek(), brush: this.brush.peek() })
    const { state } = this.host
    return listMembers(
      shown.members.filter(({ micrograph }) => state.micrograph(micrograph)?.excluded === false),
      id => this.#of(id),
      id => state.diameter(id),
    )
  }

  /** The current crop's new place; where it has gone, the one that moved up into its place. */
  #place(list: readonly Crop[], before: Crop | null): number {
    const expected = this.#expected
    if (expected) {
      const place = list.findIndex(crop => crop.mark?.id === expected)
      this.#expected = null
      if (place >= 0) return place
    }
    const place = before ? list.findIndex(crop => sameCrop(crop, before)) : -1
    return place >= 0 ? place : Math.min(this.at.peek(), list.length - 1)
  }

  *#groups(): Generator<readonly Crop[]> {
    const only = this.#only.peek()
    for (const { id, excluded } of this.host.state.micrographs.peek())
      if (!excluded && (only === 'all' || id === only)) yield this.#of(id)
  }

  /** Final picks are recomputed whenever anything they depend on changes; so are the crops. */
  #of(id: number): readonly Crop[] {
    const { marks, blocks, finals } = this.host.state
    const picks = finals.of(id)
    const block = blocks.of(id)
    const known = this.#known.get(id)
    const others = this.host.others.of(id)
    if (known?.finals === picks && known.block === block && known.others === others) return known.crops
    const rule = this.host.state.rule(id)
    const crops = cropsOf(id, marks.of(id), block, picks, this.host.state.diameter(id), others).filter(
      ({ kind, x, y }) => kind !== 'out' || (rule && offBorder(x, y, rule)),
    )
    this.#known.set(id, { finals: picks, block, others, crops })
    return crops
  }

  /** What is selected on the canvas is marked in the gallery. */
  #follow(): void {
    const target = this.host.selection.only.value
    const id = this.host.current.value
    const list = this.list.peek()
    if (!target || id === null || target.type === 'region') return
    const now = this.current
    if (now && isTarget(now, id, target)) return
    const place = list.findIndex(crop => isTarget(crop, id, target))
    if (place >= 0) this.point(place)
  }
}
