import { type Signal, signal } from '@preact/signals'
import type { SectionName, ViewSettings } from '../model/view/settings'

/** The parts of the right panel: each person's browser remembers which of them are folded away. */
export class Sections {
  /** The one that was last asked for: a new object each time. */
  readonly revealed = signal<{ readonly section: SectionName } | null>(null)

  constructor(readonly settings: Signal<ViewSettings>) {}

  isFolded(section: SectionName): boolean {
    return this.settings.value.folded.includes(section)
  }

  fold(section: SectionName): void {
    this.#set([...this.settings.peek().folded, section])
  }

  unfold(section: SectionName): void {
    this.#set(this.settings.peek().folded.filter(other => other !== section))
  }

  /** Unfolds it and brings it into sight. */
  reveal(section: SectionName): void {
    this.unfold(section)
    this.revealed.value = { section }
  }

  #set(folded: readonly SectionName[]): void {
    this.settings.value = { ...this.settings.peek(), folded }
  }
}
