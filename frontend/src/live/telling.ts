/** Tells what something is now, the last of many changes, not more often than the server listens. */
export class Telling<T> {
  #now: T
  #told: T | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    first: T,
    /** Least time between two messages, ms. */
    readonly every: number | (() => number),
    readonly tell: (what: T) => void,
    readonly same: (a: T, b: T | undefined) => boolean = Object.is,
  ) {
    this.#now = first
  }

  at(what: T): void {
    this.#now = what
    this.#news()
  }

  /** A new connection has not been told yet. */
  again(): void {
    this.#told = undefined
    this.#news()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #pause(): number {
    return typeof this.every === 'number' ? this.every : this.every()
  }

  #news(): void {
    if (this.#timer !== undefined || this.same(this.#now, this.#told)) return
    this.#told = this.#now
    this.tell(this.#now)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#news()
    }, this.#pause())
  }
}
