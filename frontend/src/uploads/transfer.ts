import { ApiError, DISK_FULL } from '../api/client'
import { backoff, type Sleep } from '../live/backoff'
import type { Upload } from '../wire'

/** Bytes in one request. */
export const CHUNK = 4 * 1024 * 1024

/** The parts of the server that a transfer talks to. */
export interface UploadServer {
  start(): Promise<Upload>
  send(upload: string, offset: number, body: Blob): Promise<{ received: number }>
}

export interface TransferHandlers {
  progress(received: number, upload: string): void
  /** True while the transfer waits to try again: the connection is lost, or the server's disk is full. */
  stalled(stalled: boolean, full?: boolean): void
}

/**
 * Brings one file to the server in chunks from where the server stands. A lost connection is waited out;
 * a disagreement about the offset is settled by the server's word. Raises ApiError when it refuses the file.
 */
export async function transfer(
  file: File,
  server: UploadServer,
  handlers: TransferHandlers,
  sleep: Sleep,
): Promise<void> {
  const upload = await persist(() => server.start(), handlers, sleep)
  let received = upload.received
  handlers.progress(received, upload.id)
  while (received < file.size) {
    const offset = received
    const chunk = file.slice(offset, offset + CHUNK)
    const isLast = offset + chunk.size === file.size
    let tries = 0
    received = await persist(
      async () => {
        tries += 1
        return sendChunk(server, upload.id, offset, chunk).catch((error: unknown) => {
          // With the last byte the upload is complete; only the response was lost.
          if (isLast && tries > 1 && error instanceof ApiError && error.status === 404) return file.size
          throw error
        })
      },
      handlers,
      sleep,
    )
    handlers.progress(received, upload.id)
  }
}

async function sendChunk(server: UploadServer, id: string, offset: number, chunk: Blob): Promise<number> {
  try {
    return (await server.send(id, offset, chunk)).received
  } catch (error) {
    const standing = error instanceof ApiError && error.status === 409 ? receivedIn(error.body) : null
    if (standing === null) throw error
    return standing
  }
}

function receivedIn(body: unknown): number | null {
  if (body === null || typeof body !== 'object' || !('received' in body)) return null
  return typeof body.received === 'number' ? body.received : null
}

async function persist<T>(run: () => Promise<T>, handlers: TransferHandlers, sleep: Sleep): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      const result = await run()
      handlers.stalled(false)
      return result
    } catch (error) {
      if (!(error instanceof ApiError) || !error.passing) throw error
      handlers.stalled(true, error.status === DISK_FULL)
      await sleep(backoff(attempt))
    }
  }
}
