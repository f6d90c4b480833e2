/** 43.2 MB of bytes, in the decimal units of file managers. */
export function megabytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1e3)} kB`
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

export function shortTime(iso: string): string {
  const time = new Date(iso)
  const today = new Date().toDateString() === time.toDateString()
  const clock = time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  return today ? clock : `${time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${clock}`
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

/** Whether what one does here reaches the others, in words. */
export function connectionText(connection: string, waiting: number): string {
  const changes = plural(waiting, 'change')
  if (connection === 'live') return waiting > 0 ? `Saving ${changes}` : 'Live'
  if (connection === 'connecting') return waiting > 0 ? `Connecting – ${changes} waiting` : 'Connecting'
  return waiting > 0 ? `Offline – ${changes} waiting` : 'Offline'
}
