import type { SeeMessage } from '../wire'
import { Telling } from './telling'

/** What one sees changes with every frame: the server is told ten times a second. Ms. */
export const SEE_EVERY = 100

/** While nobody is on the same micrograph it is only told which window is in use. Ms. */
export const SEE_SELDOM = 2000

/** Who else could see what this person does. */
export type Company = 'nobody' | 'elsewhere' | 'here'

/** Tells others what this person sees and points at; nothing while they are alone in the project. */
export class Seeing {
  #company: Company = 'nobody'
  /** The micrograph that the server knows this window to show. */
  #shown: number | null = null
  #seen: SeeMessage | null = null
  readonly #telling: Telling<SeeMessage | null>

  constructor(tell: (seen: SeeMessage) => void) {
    this.#telling = new Telling<SeeMessage | null>(
      null,
      () => (this.#company === 'here' ? SEE_EVERY : SEE_SELDOM),
      seen => seen && seen.micrograph === this.#shown && tell(seen),
      (a, b) => a === null || JSON.stringify(a) === JSON.stringify(b),
    )
  }

  at(seen: SeeMessage, company: Company): void {
    this.#seen = seen
    if (company === this.#company) return this.#telling.at(company === 'nobody' ? null : seen)
    this.#company = company
    this.#atOnce()
  }

  /** The server has been told which micrograph is shown. */
  shows(micrograph: number | null): void {
    this.#shown = micrograph
    this.#atOnce()
  }

  stop(): void {
    this.#telling.stop()
  }

  #atOnce(): void {
    this.#telling.stop()
    this.#telling.at(this.#company === 'nobody' ? null : this.#seen)
    this.#telling.again()
  }
}
