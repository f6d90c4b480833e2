import type { Offer } from '../../live/message'

/** 43.2 MB of bytes, in the decimal units of file managers. */
export function megabytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1e3)} kB`
}

/** 12,345: every digit. */
export function inFull(count: number): string {
  return count.toLocaleString('en')
}

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact' })

/** For where there is little room: every digit up to five, then 123K or 1.2M. */
export function inShort(count: number): string {
  return count < 100_000 ? inFull(count) : COMPACT.format(count)
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${inFull(count)} ${count === 1 ? one : many}`
}

/** Picks that count; before the networks have picked these are the particles that people labelled. */
export function picksText(count: number, picked: boolean): string {
  return plural(count, picked ? 'pick' : 'particle label')
}

export function shortTime(iso: string): string {
  const time = new Date(iso)
  const today = new Date().toDateString() === time.toDateString()
  const clock = time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  return today ? clock : `${time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${clock}`
}

/** How long ago, to the minute; the day, where that is longer than a week. */
export function ago(iso: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(iso)) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`
  const days = Math.floor(minutes / (24 * 60))
  return days < 8 ? `${plural(days, 'day')} ago` : shortTime(iso).replace(/ [\d:]+$/, '')
}

/** 42 s, 3 min. */
export function duration(seconds: number): string {
  return seconds < 100 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
}

/**
 * A measured number with the digits that it is known to: 1.2 where a file's single precision says 1.2000000476837158.
 * Nobody calibrates a microscope to more than four decimals.
 */
export function figure(value: number): string {
  return String(Number(value.toFixed(4)))
}

/** 1.52 µm of a length in Å. */
export function micrometres(angstrom: number, digits: number): string {
  return `${(angstrom / 1e4).toFixed(digits)} µm`
}

/** What a number field holds: null where it is empty or no positive number. */
export function positive(text: string): number | null {
  const value = Number(text)
  return text.trim() !== '' && Number.isFinite(value) && value > 0 ? value : null
}

/** Whether what one does here reaches the others, in words. The banner above the canvas counts what waits. */
export function connectionText(connection: string, waiting: number): string {
  if (connection === 'live') return waiting > 0 ? `Saving ${plural(waiting, 'change')}` : 'Live'
  if (connection === 'connecting') return 'Connecting'
  if (connection === 'away') return 'The database does not answer'
  return connection === 'full' ? 'The server’s disk is full' : 'Offline'
}

/** What becomes of changes that are not sent, in the banner above the canvas. */
export function unsentText(
  why: keyof typeof UNSENT,
  waiting: number,
  kept: boolean,
  mayEdit: boolean,
): string {
  const reason = UNSENT[why]
  if (waiting === 0)
    return `${reason} ${mayEdit ? 'You can keep labelling.' : 'What you see may be out of date.'}`
  const those = waiting === 1 ? 'It is' : 'They are'
  const fate = kept
    ? `${those} kept in this browser and sent ${why === 'full' ? 'once there is space' : 'when the server is back'}.`
    : 'This browser cannot keep more: leave this page open until all is sent.'
  return `${reason} ${plural(waiting, 'change')} not sent yet. ${fate}`
}

/** Why changes are not sent. */
export const UNSENT = {
  offline: 'No connection to the server.',
  away: 'The server’s database does not answer: tell your administrator if it lasts.',
  full: 'The server’s disk is full: tell your administrator.',
  slow: 'The server is slow to respond.',
} as const

/** What happened to a page that the server disconnected. */
export function dismissalTitle(offer: Offer): string {
  if (offer === 'sign_in') return 'You are signed out'
  if (offer === 'reload') return 'This window is no longer connected'
  return 'This project cannot be opened'
}

/** That changes which did not reach the server are not lost. */
export function keptText(waiting: number): string {
  const those =
    waiting === 1 ? 'It is kept in this browser and will be' : 'They are kept in this browser and will be'
  return `${plural(waiting, 'change')} did not reach the server. ${those} sent when you open the project again.`
}
