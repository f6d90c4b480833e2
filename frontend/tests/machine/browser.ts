import { AsyncLocalStorage } from 'node:async_hooks'
import * as fake from 'fake-indexeddb'
import type { Message } from '../../src/wire'
import { fakeStorage } from '../fake-storage'

/** `held`: what is sent arrives, but no answer does until it is `on` again, or never, where it is cut. */
export type Network = 'on' | 'held' | 'off'

/** What a person's windows share. */
export class Browser {
  readonly storage = fakeStorage()
  readonly database = new fake.IDBFactory()
  readonly #locks = new Map<string, Page>()

  constructor(readonly cookie: string) {}

  /** Locks as browsers give them to pages, without waiting for one that is taken. */
  readonly locks = {
    request: async (name: string, work: () => Promise<void>): Promise<void> => {
      this.#locks.set(name, here())
      await work()
      this.#locks.delete(name)
    },
    query: async () => ({
      held: [...this.#locks].filter(([, page]) => !page.closed).map(([name]) => ({ name })),
      pending: [],
    }),
  }
}

/** A page from when it is loaded until it is closed, which may be in the middle of anything. */
export class Page {
  closed = false
  network: Network
  readonly #listeners = new Map<string, Set<() => void>>()
  readonly #sockets = new Set<PageSocket>()

  constructor(
    readonly browser: Browser,
    readonly sessionStorage: Storage,
    network: Network,
    /** Of what the server says, as the page hears it. */
    readonly hears: (message: Message) => void,
  ) {
    this.network = network
  }

  run<R>(work: () => R): R {
    return current.run(this, work)
  }

  set(network: Network): void {
    const before = this.network
    this.network = network
    if (network === 'on' && before === 'held') for (const socket of this.#sockets) socket.release()
    if (network === 'on') this.tell('online')
    if (network === 'off') for (const socket of this.#sockets) socket.cut()
  }

  listen(type: string, listener: () => void): void {
    const listeners = this.#listeners.get(type) ?? new Set()
    this.#listeners.set(type, listeners.add(listener))
  }

  forget(type: string, listener: () => void): void {
    this.#listeners.get(type)?.delete(listener)
  }

  tell(type: string): void {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) this.run(listener)
  }

  opened(socket: PageSocket): void {
    this.#sockets.add(socket)
  }

  ended(socket: PageSocket): void {
    this.#sockets.delete(socket)
  }

  /** As at a reload: nothing of it runs any more. */
  close(): void {
    this.tell('pagehide')
    this.closed = true
    for (const socket of this.#sockets) socket.cut()
  }
}

const current = new AsyncLocalStorage<Page>()
const NodeSocket = globalThis.WebSocket
const nodeFetch = globalThis.fetch
let address = ''

function here(): Page {
  const page = current.getStore()
  if (!page) throw new Error('run outside of any page')
  return page
}

/** A page's socket through its network. */
class PageSocket {
  static readonly OPEN = 1
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly #page = here()
  readonly #real: WebSocket | null
  #held: string[] = []
  #over = false

  constructor(url: string) {
    const page = this.#page
    page.opened(this)
    const options = { headers: { cookie: page.browser.cookie, origin: address } } as unknown as string[]
    this.#real = page.network === 'off' || page.closed ? null : new NodeSocket(url, options)
    if (!this.#real) setTimeout(() => this.cut())
    else {
      this.#real.onmessage = ({ data }) => this.#receive(String(data))
      this.#real.onclose = () => this.cut()
      this.#real.onerror = () => this.cut()
    }
  }

  get readyState(): number {
    return this.#over ? 3 : (this.#real?.readyState ?? 0)
  }

  send(text: string): void {
    this.#real?.send(text)
  }

  close(): void {
    setTimeout(() => this.cut())
  }

  release(): void {
    for (const text of this.#held.splice(0)) this.#deliver(text)
  }

  /** Nothing more comes, and the page is told so. */
  cut(): void {
    if (this.#over) return
    this.#over = true
    this.#held = []
    this.#real?.close()
    this.#page.ended(this)
    if (!this.#page.closed) this.#page.run(() => this.onclose?.({ code: 1006 }))
  }

  #receive(text: string): void {
    if (this.#over) return
    if (this.#page.network === 'held') this.#held.push(text)
    else this.#deliver(text)
  }

  #deliver(data: string): void {
    if (this.#over || this.#page.closed) return
    this.#page.hears(JSON.parse(data) as Message)
    this.#page.run(() => this.onmessage?.({ data }))
  }
}

function reachable(page: Page): boolean {
  return page.network !== 'off' && !page.closed
}

async function pageFetch(path: string, init: RequestInit = {}): Promise<Response> {
  const page = here()
  const headers = { ...(init.headers as Record<string, string>), cookie: page.browser.cookie }
  const response = reachable(page) ? await nodeFetch(address + path, { ...init, headers }) : null
  if (page.closed) return new Promise(() => undefined)
  if (!response || !reachable(page)) throw new TypeError('the network is off')
  return response
}

/** What closed pages still run must not write where open ones read. */
function storage(): Storage {
  return here().closed ? fakeStorage() : here().browser.storage
}

/** Gives all pages of this program what browsers give, each its own. */
export function pretend(server: string): void {
  address = server
  const quiet = { addEventListener: () => undefined, removeEventListener: () => undefined }
  const values = {
    window: globalThis,
    location: new URL(server),
    document: { cookie: '', hidden: false, ...quiet },
    WebSocket: PageSocket,
    fetch: pageFetch,
    requestAnimationFrame: (run: () => void) => setTimeout(run, 5),
    addEventListener: (type: string, listener: () => void) => here().listen(type, listener),
    removeEventListener: (type: string, listener: () => void) => here().forget(type, listener),
  }
  for (const [name, value] of Object.entries(values)) define(name, () => value)
  for (const [name, value] of Object.entries(fake)) if (name.startsWith('IDB')) define(name, () => value)
  define('indexedDB', () => here().browser.database)
  define('localStorage', storage)
  define('sessionStorage', () => here().sessionStorage)
  define('navigator', () => ({ locks: here().browser.locks, onLine: here().network !== 'off' }))
}

function define(name: string, get: () => unknown): void {
  Object.defineProperty(globalThis, name, { get, configurable: true })
}
