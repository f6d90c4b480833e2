import type { JSX } from 'preact'
import { COMPARED } from '../../canvas/colours'
import type { Comparison } from '../../wire'
import { inFull } from '../kit/format'

/** How many picks both have, in numbers and both ways round, and how the second lies from the first. */
export function ComparedNumbers({ found }: { found: Comparison }): JSX.Element {
  const [first, second] = found.titles
  const [x, y] = found.offset
  const [across, down] = found.offset_px
  return (
    <div class="compare-numbers">
      <dl class="compare-counts">
        <Count of="matched" name="Both" n={found.matched} />
        <Count of="only_first" name={`Only in “${first}”`} n={found.first - found.matched} />
        <Count of="only_second" name={`Only in “${second}”`} n={found.second - found.matched} />
      </dl>
      <table class="table" data-testid="compare-shares">
        <tbody>
          <Share name={`Of “${first}”, found in “${second}”`} value={found.recall} testid="compare-recall" />
          <Share
            name={`Of “${second}”, found in “${first}”`}
            value={found.precision}
            testid="compare-precision"
          />
          <Share name="F1, the same both ways" value={found.f1} testid="compare-f1" />
        </tbody>
      </table>
      <p data-testid="compare-offset">
        Median offset: {signed(x)}, {signed(y)} Å ({signed(across)}, {signed(down)} px)
      </p>
      {found.sentences.map(sentence => (
        <p key={sentence} class="compare-finding" data-testid="compare-finding">
          {sentence}
        </p>
      ))}
    </div>
  )
}

function Count({ of, name, n }: { of: keyof typeof COMPARED; name: string; n: number }): JSX.Element {
  const { colour, dash } = COMPARED[of]
  return (
    <div>
      <dt>
        <svg
          class="source-swatch compare-swatch"
          width="18"
          height="18"
          viewBox="0 0 18 18"
          aria-hidden="true"
        >
          <circle cx="9" cy="9" r="6" stroke={colour} stroke-dasharray={dash.map(n => n / 2).join(' ')} />
        </svg>
        {name}
      </dt>
      <dd data-testid={`compare-${of}`}>{inFull(n)}</dd>
    </div>
  )
}

function Share({ name, value, testid }: { name: string; value: number; testid: string }): JSX.Element {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-testid={testid}>{(100 * value).toFixed(1)} %</td>
    </tr>
  )
}

function signed(value: number): string {
  const rounded = Number(value.toFixed(1))
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${Math.abs(rounded)}`
}
