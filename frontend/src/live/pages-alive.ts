const PREFIX = 'cryoweb.page.'

/**
 * Which pages of this browser are open: each holds a lock of its own until it closes, however that happens. Browsers
 * have no locks where CryoWeb is not served by https or from this machine: then no page is known to be open.
 */
export class PageAlive {
  #release: () => void = () => undefined

  constructor(
    readonly page: string,
    readonly locks: LockManager | undefined = navigator.locks,
  ) {}

  /** Once others can see this page. */
  begin(): Promise<void> {
    const { locks } = this
    if (!locks) return Promise.resolve()
    return new Promise(begun => {
      const held = (): Promise<void> =>
        new Promise(release => {
          this.#release = release
          begun()
        })
      void locks.request(PREFIX + this.page, held)
    })
  }

  async all(): Promise<ReadonlySet<string>> {
    const { held = [] } = (await this.locks?.query()) ?? {}
    return new Set(held.map(({ name = '' }) => name.slice(PREFIX.length)))
  }

  end(): void {
    this.#release()
  }
}
