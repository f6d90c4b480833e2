import { computed, type ReadonlySignal } from '@preact/signals'
import { ApiError } from '../api/client'
import type { Point } from '../geometry/point'
import { inSight, type View } from '../geometry/view'
import type { Deletion } from '../live/deletion'
import type { SharedSettings } from '../live/shared-settings'
import { restoredInWords } from '../model/history/words'
import { type Mark, middleOf } from '../model/marks/mark'
import { type Change, markOf } from '../model/marks/operation'
import type { ProjectState } from '../model/project'
import { namesOf, type SettingName } from '../model/setting'
import type { Editor } from '../model/undo/editor'
import type { DeletionStep, MarkStep, RestoreStep, SettingStep, Step } from '../model/undo/history'
import { deletionInWords, marksInWords, settingInWords, valueInWords } from '../model/undo/step-words'
import type { Restorations } from './restorations'
import type { Say } from './say'
import { showMarks } from './show-marks'

/** What undo needs of the desk. */
export interface UndoHost {
  readonly state: ProjectState
  readonly editor: Editor
  readonly shared: Pick<SharedSettings, 'replay'>
  readonly deletion: Pick<Deletion, 'replay'>
  readonly current: ReadonlySignal<number | null>
  readonly view: ReadonlySignal<View | null>
  readonly overview: { readonly open: ReadonlySignal<boolean> }
  readonly averages: { readonly open: ReadonlySignal<boolean> }
  readonly selection: { clear(): void }
  readonly walk: { undone(): boolean }
  readonly settling: { undone(): boolean }
  readonly restorations: Pick<Restorations, 'replay'>
  readonly say: Say
  open(micrograph: number): void
  flash(places: readonly Point[]): void
  /** Opens the panel or dialog where something of the project is set. */
  showSetting(name: SettingName): void
}

const WORDS = {
  back: { done: 'Undid', failed: 'Could not undo' },
  forward: { done: 'Redid', failed: 'Could not redo' },
} as const

/** Undoes and redoes what this person did, names it, and does not move the view. */
export class Undo {
  constructor(readonly host: UndoHost) {}

  /** The last step, or one in particular. */
  back(wanted?: Step): Promise<void> {
    return this.#replay(wanted, true)
  }

  forward(): Promise<void> {
    return this.#replay(undefined, false)
  }

  async #replay(wanted: Step | undefined, back: boolean): Promise<void> {
    const { state, editor, say } = this.host
    const reason = state.locked.peek()
    if (reason) return say(reason)
    const step = back ? editor.history.takeBack(wanted) : editor.history.takeForward()
    if (!step) return say(back ? 'Nothing to undo.' : 'Nothing to redo.')
    const words = WORDS[back ? 'back' : 'forward']
    if (step.micrograph !== null && !state.micrograph(step.micrograph))
      say(`${words.failed}: the micrograph has been removed from the project.`)
    else if (step.type === 'marks') this.#marks(step, back)
    else if (step.type === 'deletion') await this.#deletion(step, back)
    else if (step.type === 'restore') await this.#restoration(step, back)
    else await this.#setting(step, back)
  }

  #marks(step: MarkStep, back: boolean): void {
    const { state, editor, selection, walk, settling } = this.host
    const { changes, skipped } = editor.replay(step, back)
    selection.clear()
    const words = WORDS[back ? 'back' : 'forward']
    const left = skipped.length > 0 ? this.#left(skipped, changes.length > 0) : ''
    if (changes.length === 0) return this.host.say(`${words.failed}: ${marksInWords(state, skipped)}.${left}`)
    const shown = walk.undone() || settling.undone() || this.#flash(changes, back)
    const show = shown ? null : () => showMarks(this.host, marksOf(changes, back))
    this.#say(`${words.done}: ${marksInWords(state, changes)}.${left}`, show)
  }

  /** What was skipped, and because of whom. */
  #left(skipped: readonly Change[], among: boolean): string {
    const who = this.#who(skipped.map(change => markOf(change)?.id ?? ''))
    if (!among && skipped.length === 1) return ` ${who} changed it since; it stays as it is now.`
    const what = among ? `${skipped.length.toLocaleString('en')} more` : 'them'
    return ` ${who} changed ${what} since; they stay as they are now.`
  }

  async #deletion(step: DeletionStep, back: boolean): Promise<void> {
    const { host } = this
    const words = WORDS[back ? 'back' : 'forward']
    const what = deletionInWords(step)
    await this.#asking(step, back, what, async () => {
      if ((await host.deletion.replay(step, back)) > 0)
        this.#say(`${words.done}: ${what}.`, this.#restored(step, back))
      else
        host.say(
          `${words.failed}: ${what}. Somebody has ${back ? 'restored it, or deleted it for good' : 'deleted it'} since.`,
        )
    })
  }

  #restored({ deleted: [first] }: DeletionStep, back: boolean): (() => void) | null {
    return back && first ? () => this.host.open(first.id) : null
  }

  /** Flashes what is in sight of it; says whether anything is. */
  #flash(changes: readonly Change[], back: boolean): boolean {
    const { current, view, overview, averages } = this.host
    const here = view.peek()
    if (!here || overview.open.peek() || averages.open.peek()) return false
    const marks = marksOf(changes, back).filter(mark => mark.micrograph === current.peek())
    const places = marks.map(middleOf)
    if (!places.some(place => inSight(here, place))) return false
    this.host.flash(places)
    return true
  }

  async #setting(step: SettingStep, back: boolean): Promise<void> {
    const { state, shared, say } = this.host
    const { micrograph, before, after } = step
    const [from, to] = back ? [after, before] : [before, after]
    const what = settingInWords(state, micrograph, namesOf(to))
    const words = WORDS[back ? 'back' : 'forward']
    await this.#asking(step, back, what, async () => {
      const changed = await shared.replay(micrograph, from, to)
      if (changed.length > 0) return say(`${words.failed}: ${what}. ${this.#stays(step, changed)}`)
      const value = valueInWords(state, micrograph, namesOf(to), to)
      this.#say(`${words.done}: ${what}${value && `, ${value} again`}.`, this.#way(step))
    })
  }

  /** What the server refuses is still to be undone, or redone. */
  async #asking(step: Step, back: boolean, what: string, work: () => Promise<void>): Promise<void> {
    const { say } = this.host
    try {
      await work()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.#keep(step, back)
      say(`${WORDS[back ? 'back' : 'forward'].failed}: ${what}. ${error.message}`, 'error')
    }
  }

  async #restoration(step: RestoreStep, back: boolean): Promise<void> {
    const what = 'restoration of an earlier state'
    await this.#asking(step, back, what, async () => {
      const { left, ...done } = await this.host.restorations.replay(step)
      const were = left === 1 ? '1 mark was' : `${left.toLocaleString('en')} marks were`
      const kept = left > 0 ? ` ${were} changed since; the later changes are kept.` : ''
      this.#say(`${WORDS[back ? 'back' : 'forward'].done}: ${what} (${restoredInWords(done)}).${kept}`, null)
    })
  }

  /** A step whose undo failed is the next one again. */
  #keep(step: Step, back: boolean): void {
    const { history } = this.host.editor
    if (back) history.takeForward(step)
    else history.takeBack(step)
  }

  #stays({ micrograph, after }: SettingStep, changed: readonly SettingName[]): string {
    const who = this.#who(changed.map(name => `${micrograph ?? 'project'} ${name}`))
    const value = valueInWords(this.host.state, micrograph, namesOf(after))
    return value
      ? `${who} changed it since; the later value is kept (${value}).`
      : `${who} changed it since; the later value is kept.`
  }

  /** How to go where a setting is shown; null if it is on screen. */
  #way({ micrograph, after }: SettingStep): (() => void) | null {
    const { host } = this
    if (micrograph !== null) return micrograph === host.current.peek() ? null : () => host.open(micrograph)
    const [name] = namesOf(after)
    return name ? () => host.showSetting(name) : null
  }

  /** Stays until something else is done: then it is not the last step that it is about. */
  #say(message: string, show: (() => void) | null): void {
    const { steps } = this.host.editor.history
    const now = steps.peek()
    const over = computed(() => steps.value !== now)
    this.host.say(message, 'info', show && { label: 'Show', run: show }, over)
  }

  /** Begins a sentence: "Anna has", "Anna and Carl have". */
  #who(keys: readonly string[]): string {
    const { you, names } = this.host.state
    const users = [...new Set(keys.map(key => this.#changer(key)))]
    const known = users.flatMap(
      user => (user !== you.peek()?.id && user !== null && names.peek().get(user)) || [],
    )
    if (users.length === 2 && known.length === 2) return `${known.join(' and ')} have`
    const [user = null] = users
    if (users.length > 1 || user === null) return 'Somebody has'
    return user === you.peek()?.id ? 'You have' : `${this.host.state.name(user)} has`
  }

  /** Who changed a mark or a setting last; null where that is not known. */
  #changer(key: string): number | null {
    const { changers, marks } = this.host.state
    const mark = marks.get(key) // says it too where that was before this page was loaded
    return changers.get(key) ?? mark?.changedBy ?? mark?.author ?? null
  }
}

/** Marks as they are after a step; those that go with it, as they were. */
function marksOf(changes: readonly Change[], back: boolean): Mark[] {
  return changes.flatMap(({ before, after }) => (back ? (before ?? after) : (after ?? before)) ?? [])
}
