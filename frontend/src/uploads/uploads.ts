import { signal } from '@preact/signals'
import { ApiError } from '../api/client'
import { dropUpload, listUploads, sendChunk, startUpload, type UploadRow } from '../api/files'
import { sleepOrOnline } from '../live/backoff'
import { transfer } from './transfer'

/** Files on their way at once. */
const PARALLEL = 2

export interface UploadItem {
  /** Name and size: what the server knows an unfinished upload by. */
  readonly key: string
  readonly name: string
  readonly size: number
  readonly received: number
  readonly state: 'waiting' | 'sending' | 'stalled' | 'no room' | 'failed'
  readonly error: string
}

const keyOf = (name: string, size: number): string => `${size}:${name}`

/** The uploads of this page, and what earlier pages of the same person left unfinished. */
export class Uploads {
  readonly items = signal<readonly UploadItem[]>([])
  readonly unfinished = signal<readonly UploadRow[]>([])
  #files: File[] = []
  #running = 0
  #ids = new Map<string, string>()
  #stops = new Map<string, AbortController>()

  constructor(readonly project: number) {}

  async refresh(): Promise<void> {
    try {
      this.unfinished.value = await listUploads(this.project)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
    }
  }

  add(files: readonly File[]): void {
    const known = new Set(this.items.value.filter(item => item.state !== 'failed').map(item => item.key))
    const fresh = files.filter(file => !known.has(keyOf(file.name, file.size)))
    const keys = new Set(fresh.map(file => keyOf(file.name, file.size)))
    const items = fresh.map(({ name, size }): UploadItem => {
      return { key: keyOf(name, size), name, size, received: 0, state: 'waiting', error: '' }
    })
    this.items.value = [...this.items.value.filter(item => !keys.has(item.key)), ...items]
    this.unfinished.value = this.unfinished.value.filter(row => !keys.has(keyOf(row.name, row.size)))
    this.#files.push(...fresh)
    while (this.#running < PARALLEL && this.#files.length > 0) void this.#work()
  }

  /** Stops a file on its way, or forgets a failed one; the server drops what it holds of it. */
  async cancel(key: string): Promise<void> {
    this.#stops.get(key)?.abort()
    this.#files = this.#files.filter(file => keyOf(file.name, file.size) !== key)
    this.#remove(key)
    const id = this.#ids.get(key)
    if (id !== undefined) await dropUpload(id).catch(ignoreRefusal)
  }

  async forget(row: UploadRow): Promise<void> {
    this.unfinished.value = this.unfinished.value.filter(other => other.id !== row.id)
    await dropUpload(row.id).catch(ignoreRefusal)
  }

  stop(): void {
    this.#files = []
    for (const stop of this.#stops.values()) stop.abort()
  }

  async #work(): Promise<void> {
    this.#running++
    for (let file = this.#files.shift(); file; file = this.#files.shift()) await this.#send(file)
    this.#running--
  }

  async #send(file: File): Promise<void> {
    const key = keyOf(file.name, file.size)
    const stop = new AbortController()
    this.#stops.set(key, stop)
    const server = {
      start: (name: string, size: number) => startUpload(this.project, name, size),
      send: (upload: string, offset: number, body: Blob) => sendChunk(upload, offset, body, stop.signal),
    }
    const handlers = {
      progress: (received: number, upload: string) => {
        this.#ids.set(key, upload)
        this.#change(key, { received, state: 'sending' })
      },
      stalled: (stalled: boolean, full = false) =>
        this.#change(key, { state: stalled ? (full ? 'no room' : 'stalled') : 'sending' }),
    }
    try {
      await transfer(file, server, handlers, seconds => waitUnlessStopped(seconds, stop.signal))
      this.#remove(key)
    } catch (error) {
      if (stop.signal.aborted) return
      this.#change(key, { state: 'failed', error: reasonOf(error) })
    } finally {
      this.#stops.delete(key)
    }
  }

  #change(key: string, change: Partial<UploadItem>): void {
    this.items.value = this.items.value.map(item => (item.key === key ? { ...item, ...change } : item))
  }

  #remove(key: string): void {
    this.items.value = this.items.value.filter(item => item.key !== key)
  }
}

async function waitUnlessStopped(seconds: number, signal: AbortSignal): Promise<void> {
  await sleepOrOnline(seconds)
  signal.throwIfAborted()
}

/** A file that changed or vanished on disk fails to be read: the browser's own error says little. */
function reasonOf(error: unknown): string {
  if (error instanceof ApiError) return error.message
  return 'The file could not be read. If it changed or moved, choose it again.'
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof ApiError)) throw error
}
