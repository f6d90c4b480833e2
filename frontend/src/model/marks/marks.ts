import type { LabelKind } from '../../wire'
import { type Mark, type MarksOf, sortOut } from './mark'

/** All marks of a project as they are shown, by id and by micrograph. Says which micrographs changed. */
export class MarkStore {
  readonly #marks = new Map<string, Mark>()
  readonly #byMicrograph = new Map<number, Map<string, Mark>>()
  readonly #sorted = new Map<number, MarksOf>()
  readonly #listeners = new Set<(micrograph: number) => void>()

  get(id: string): Mark | null {
    return this.#marks.get(id) ?? null
  }

  get size(): number {
    return this.#marks.size
  }

  listen(listener: (micrograph: number) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Sets a mark, or removes it where `mark` is null. */
  set(id: string, mark: Mark | null): void {
    const old = this.#marks.get(id)
    if (old) this.#byMicrograph.get(old.micrograph)?.delete(id)
    if (mark) {
      this.#marks.set(id, mark)
      const siblings = this.#byMicrograph.get(mark.micrograph)
      if (siblings) siblings.set(id, mark)
      else this.#byMicrograph.set(mark.micrograph, new Map([[id, mark]]))
    } else {
      this.#marks.delete(id)
    }
    if (old) this.#changed(old.micrograph)
    if (mark && mark.micrograph !== old?.micrograph) this.#changed(mark.micrograph)
  }

  replace(marks: Iterable<Mark>): void {
    const touched = new Set(this.#byMicrograph.keys())
    this.#marks.clear()
    this.#byMicrograph.clear()
    for (const mark of marks) {
      this.#marks.set(mark.id, mark)
      const siblings = this.#byMicrograph.get(mark.micrograph)
      if (siblings) siblings.set(mark.id, mark)
      else this.#byMicrograph.set(mark.micrograph, new Map([[mark.id, mark]]))
      touched.add(mark.micrograph)
    }
    for (const micrograph of touched) this.#changed(micrograph)
  }

  of(micrograph: number): MarksOf {
    let sorted = this.#sorted.get(micrograph)
    if (!sorted) {
      sorted = sortOut(this.#byMicrograph.get(micrograph)?.values() ?? [])
      this.#sorted.set(micrograph, sorted)
    }
    return sorted
  }

  count(micrograph: number, kind: LabelKind): number {
    let n = 0
    for (const label of this.of(micrograph).labels) if (label.kind === kind) n++
    return n
  }

  #changed(micrograph: number): void {
    this.#sorted.delete(micrograph)
    for (const listener of this.#listeners) listener(micrograph)
  }
}
