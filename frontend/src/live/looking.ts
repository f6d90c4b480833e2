/** A held arrow key walks thirty micrographs a second: the server is told of five, and of the last one. Ms. */
export const LOOK_EVERY = 200

/** Tells which micrograph is shown, not more often than the server listens (picking/live/limits.py). */
export class Looking {
  #at: number | null = null
  #told: number | null | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(readonly tell: (micrograph: number | null) => void) {}

  at(micrograph: number | null): void {
    this.#at = micrograph
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

  #news(): void {
    if (this.#timer !== undefined || this.#at === this.#told) return
    this.#told = this.#at
    this.tell(this.#at)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#news()
    }, LOOK_EVERY)
  }
}
