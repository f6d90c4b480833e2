import type { Watched } from '../wire'

/** Micrographs of a watched folder that are on their way into the project. */
export function onTheirWay({ found, imported, growing, refused }: Watched): number {
  return Math.max(0, found - imported - growing - refused)
}

/** Seconds for which the oldest file without picks has been waiting; null if all have them. */
export function behind({ waiting_since }: Watched, now: number): number | null {
  return waiting_since === null ? null : Math.max(0, (now - Date.parse(waiting_since)) / 1000)
}

/** Arrivals and delays as columns of a plot, in seconds. */
export function delayTable(delays: readonly (readonly [number, number])[]): [number[], number[]] {
  return [delays.map(([arrived]) => arrived), delays.map(([, delay]) => delay)]
}
