import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { Comparison } from '../../wire'
import { inFull } from '../kit/format'
import { Button, Empty } from '../kit/ui'

/** More rows than this would only be scrolled past. */
const MOST = 100

interface Props {
  desk: Pick<Desk, 'state'>
  found: Comparison
  /** Opens a micrograph. */
  go: (id: number) => void
}

/** Micrographs by how little the two agree on them; one leads to the picks on the canvas. */
export function ComparedMicrographs({ desk, found, go }: Props): JSX.Element {
  const rows = found.micrographs.slice(0, MOST)
  if (rows.length === 0)
    return (
      <Empty title="Nothing to compare">
        <p class="hint">There is no micrograph on which both have picks.</p>
      </Empty>
    )
  return (
    <div class="table-scroll">
      <table class="table" data-testid="compare-micrographs">
        <thead>
          <tr>
            <th scope="col">Micrograph, least agreement first</th>
            <th scope="col">Both</th>
            <th scope="col">Only in “{found.titles[0]}”</th>
            <th scope="col">Only in “{found.titles[1]}”</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, first, second, matched }) => (
            <tr key={id}>
              <td>
                <Button kind="quiet" onClick={() => go(id)} data-testid="compare-go">
                  {desk.state.micrograph(id)?.name ?? 'Removed'}
                </Button>
              </td>
              <td>{inFull(matched)}</td>
              <td>{inFull(first - matched)}</td>
              <td>{inFull(second - matched)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.micrographs.length > MOST && (
        <p class="hint">The other {inFull(found.micrographs.length - MOST)} agree better.</p>
      )}
    </div>
  )
}
