import type { JSX } from 'preact'
import type { LeftOut } from '../../wire'

/** Names shown of each reason. */
const SHOWN = 5

/** The first names, and how many more there are. */
export function someNames(names: readonly string[], count = names.length): string {
  const more = count > SHOWN ? ` and ${(count - SHOWN).toLocaleString('en')} more` : ''
  return names.slice(0, SHOWN).join(', ') + more
}

/** Files that are left out, by reason: how many, and the first of them. */
export function LeftOutList({ rows }: { rows: readonly LeftOut[] }): JSX.Element {
  return (
    <ul class="left-out">
      {rows.map(({ reason, count, names }) => (
        <li key={reason} title={names.join('\n')}>
          {reason.charAt(0).toUpperCase() + reason.slice(1)} ({count.toLocaleString('en')}):{' '}
          {someNames(names, count)}
        </li>
      ))}
    </ul>
  )
}
