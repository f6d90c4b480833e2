import { ApiError } from '../api/client'
import { backoff, sleepOrOnline } from './backoff'

/** Who fetches: whether that still makes sense, and how failures are told. */
export interface Fetcher {
  readonly stopped: boolean
  say(message: string): void
}

/** Fetches until it succeeds; gives up, with a word, where that cannot help. What is gone is gone without a word. */
export async function persist(fetcher: Fetcher, fetch: () => Promise<void>): Promise<void> {
  for (let attempt = 0; !fetcher.stopped; ) {
    try {
      return await fetch()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 404) return
      if (!error.passing) return fetcher.say(`Picks could not be loaded: ${error.message}`)
      await sleepOrOnline(backoff(attempt++))
    }
  }
}
