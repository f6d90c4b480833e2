import { signal } from '@preact/signals'
import { ApiError } from '../api/client'
import { dropUpload, listUploads, sendChunk, startUpload, type UploadedFile } from '../api/files'
import { sleepOrOnline } from '../live/backoff'
import type { Upload } from '../wire'
import { type Chosen, type ChosenFile, joined, type LeftOut, pathOf } from './chosen'
import { fingerprint } from './fingerprint'
import { type TransferHandlers, transfer } from './transfer'

/** Files on their way at once. */
const PARALLEL = 2

export interface UploadItem {
  /** Of this page alone: what a file is known by takes a moment to find out. */
  readonly key: number
  readonly path: string
  readonly size: number
  readonly received: number
  readonly state: 'waiting' | 'sending' | 'stalled' | 'no room' | 'failed'
  readonly error: string
  /** Path and content, once the file has been looked at. */
  readonly identity: string
}

interface Waiting {
  readonly key: number
  readonly chosen: ChosenFile
}

const ALREADY = 'already in the project'

const identityOf = ({ folder, name, fingerprint }: UploadedFile): string =>
  `${fingerprint}:${folder}/${name}`.normalize('NFC')

/** The uploads of this page, and what earlier pages of the same person left unfinished. */
export class Uploads {
  readonly items = signal<readonly UploadItem[]>([])
  readonly unfinished = signal<readonly Upload[]>([])
  /** Files that were chosen or dropped but are not imported. */
  readonly leftOut = signal<LeftOut>(new Map())
  #waiting: Waiting[] = []
  #running = 0
  #last = 0
  #looking = false
  readonly #ids = new Map<number, string>()
  readonly #stops = new Map<number, AbortController>()

  constructor(readonly project: number) {}

  async refresh(): Promise<void> {
    this.unfinished.value = (await this.#listed()) ?? this.unfinished.value
  }

  /** Micrographs have come: another page or program may have finished what this one lists. */
  async lookAgain(): Promise<void> {
    if (this.#looking || this.unfinished.peek().length === 0) return
    this.#looking = true
    const there = await this.#listed()
    this.#looking = false
    const ids = new Set(there?.map(({ id }) => id))
    if (there) this.unfinished.value = this.unfinished.value.filter(({ id }) => ids.has(id))
  }

  add({ files, leftOut }: Chosen): void {
    this.leftOut.value = joined(this.leftOut.value, leftOut)
    const fresh = files.map(chosen => ({ key: ++this.#last, chosen }))
    const items = fresh.map(({ key, chosen }): UploadItem => {
      const { size } = chosen.file
      return { key, path: pathOf(chosen), size, received: 0, state: 'waiting', error: '', identity: '' }
    })
    this.items.value = [...this.items.value, ...items]
    this.#waiting.push(...fresh)
    while (this.#running < PARALLEL && this.#waiting.length > 0) void this.#work()
  }

  /** Stops a file on its way, or forgets a failed one; the server drops what it holds of it. */
  async cancel(key: number): Promise<void> {
    this.#stops.get(key)?.abort()
    this.#waiting = this.#waiting.filter(waiting => waiting.key !== key)
    this.#remove(key)
    const id = this.#ids.get(key)
    if (id !== undefined) await dropUpload(id).catch(ignoreRefusal)
  }

  async forget(row: Upload): Promise<void> {
    this.unfinished.value = this.unfinished.value.filter(other => other.id !== row.id)
    await dropUpload(row.id).catch(ignoreRefusal)
  }

  stop(): void {
    this.#waiting = []
    for (const stop of this.#stops.values()) stop.abort()
  }

  async #listed(): Promise<readonly Upload[] | null> {
    try {
      return await listUploads(this.project)
    } catch (error) {
      ignoreRefusal(error)
      return null
    }
  }

  async #work(): Promise<void> {
    this.#running++
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await this.#send(next)
    this.#running--
  }

  async #send({ key, chosen }: Waiting): Promise<void> {
    const stop = new AbortController()
    this.#stops.set(key, stop)
    const { signal } = stop
    try {
      const known = await this.#lookAt(key, chosen)
      if (!known || signal.aborted) return
      const server = {
        start: () => startUpload(this.project, known),
        send: (upload: string, offset: number, body: Blob) => sendChunk(upload, offset, body, signal),
      }
      await transfer(chosen.file, server, this.#handlers(key), seconds => waitUnlessStopped(seconds, signal))
      this.#remove(key)
    } catch (error) {
      if (!signal.aborted) this.#fail(key, error)
    } finally {
      this.#stops.delete(key)
    }
  }

  /** What the file is known by; null where the same one is on its way already. */
  async #lookAt(key: number, { file, folder }: ChosenFile): Promise<UploadedFile | null> {
    const known = { name: file.name, folder, size: file.size, fingerprint: await fingerprint(file) }
    const identity = identityOf(known)
    const same = this.items.value.find(item => item.identity === identity)
    if (same && same.state !== 'failed') {
      this.#remove(key)
      return null
    }
    if (same) this.#remove(same.key)
    this.unfinished.value = this.unfinished.value.filter(row => identityOf(row) !== identity)
    this.#change(key, { identity })
    return known
  }

  #handlers(key: number): TransferHandlers {
    return {
      progress: (received, upload) => {
        this.#ids.set(key, upload)
        this.#change(key, { received, state: 'sending' })
      },
      stalled: (stalled, full = false) =>
        this.#change(key, { state: stalled ? (full ? 'no room' : 'stalled') : 'sending' }),
    }
  }

  #fail(key: number, error: unknown): void {
    const item = this.items.value.find(item => item.key === key)
    if (item && isAlready(error)) {
      this.#remove(key)
      this.leftOut.value = joined(this.leftOut.value, new Map([[ALREADY, [item.path]]]))
    } else this.#change(key, { state: 'failed', error: reasonOf(error) })
  }

  #change(key: number, change: Partial<UploadItem>): void {
    this.items.value = this.items.value.map(item => (item.key === key ? { ...item, ...change } : item))
  }

  #remove(key: number): void {
    this.items.value = this.items.value.filter(item => item.key !== key)
  }
}

/** The server has the very file. One that has only its name is for a person to judge, and fails with the reason. */
function isAlready(error: unknown): boolean {
  const body = error instanceof ApiError ? error.body : null
  return body !== null && typeof body === 'object' && 'already' in body
}

async function waitUnlessStopped(seconds: number, signal: AbortSignal): Promise<void> {
  await sleepOrOnline(seconds)
  signal.throwIfAborted()
}

/** A file that changed or vanished on disk cannot be read: the browser's own error says little. */
function reasonOf(error: unknown): string {
  if (error instanceof ApiError) return error.message
  return 'The file could not be read. If it changed or moved, choose it again.'
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof ApiError)) throw error
}
