import type { JSX } from 'preact'
import { inFull, plural } from '../kit/format'
import { classes } from '../kit/ui'
import type { DraftProps, ImportDesk } from './props'

/** Rows that are listed. */
const MOST = 300

/** Which names mean a micrograph, what lies on each, and what is odd. A press on a row opens the micrograph. */
export function Matches({ desk, draft }: DraftProps): JSX.Element {
  const names = draft.matched + draft.unmatched_count + draft.ambiguous_count
  const outsideFirst = [...draft.micrographs].sort((a, b) => b.outside - a.outside)
  return (
    <section class="import-part" aria-label="Matches">
      <p data-testid="import-matches">
        <strong>
          {inFull(draft.matched)} of {inFull(names)}
        </strong>{' '}
        names mean a micrograph: <span data-testid="import-picks">{plural(draft.picks, 'coordinate')}</span>
        {draft.outside > 0 && (
          <span class="import-odd" data-testid="import-outside">
            , and {inFull(draft.outside)} outside of the images, which are left out
          </span>
        )}
        .
      </p>
      <Names title="Match no micrograph" names={draft.unmatched} count={draft.unmatched_count} />
      <Names title="May mean several" names={draft.ambiguous} count={draft.ambiguous_count} />
      {draft.missing > 0 && draft.matched > 0 && (
        <p class="hint">The files hold nothing for {plural(draft.missing, 'other micrograph')}.</p>
      )}
      {outsideFirst.length > 0 && (
        <div class="import-rows">
          <table>
            <thead>
              <tr>
                <th scope="col">Micrograph</th>
                <th scope="col">In</th>
                <th scope="col">Outside</th>
              </tr>
            </thead>
            <tbody>
              {outsideFirst.slice(0, MOST).map(row => (
                <Row key={row.micrograph} desk={desk} {...row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

interface RowProps {
  desk: ImportDesk
  micrograph: number
  picks: number
  outside: number
}

function Row({ desk, micrograph, picks, outside }: RowProps): JSX.Element {
  const open = desk.current.value === micrograph
  return (
    <tr class={classes(open && 'import-row-open')}>
      <td>
        <button
          type="button"
          class="import-name"
          onClick={() => desk.open(micrograph)}
          data-testid="import-row"
        >
          {desk.state.micrograph(micrograph)?.name ?? ''}
        </button>
      </td>
      <td>{inFull(picks)}</td>
      <td class={classes(outside > 0 && 'import-odd')}>{outside > 0 ? inFull(outside) : ''}</td>
    </tr>
  )
}

interface NamesProps {
  title: string
  names: readonly string[]
  count: number
}

function Names({ title, names, count }: NamesProps): JSX.Element | null {
  if (count === 0) return null
  return (
    <details data-testid="import-unmatched">
      <summary class="import-odd">
        {title}: {inFull(count)}
      </summary>
      <p class="ctf-names">
        {names.join(', ')}
        {count > names.length && ' …'}
      </p>
    </details>
  )
}
