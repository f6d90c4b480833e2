import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { ProjectState } from '../../model/project'
import { f1Score, figureText, kappaOf, share } from '../../model/quality/interval'
import type { PairAgreement } from '../../wire'
import { OffsetsPlot } from '../compare/offsets-plot'
import { plural } from '../kit/format'
import { Avatar } from '../kit/ui'

interface Props {
  state: Pick<ProjectState, 'name' | 'micrograph'>
  pair: PairAgreement
}

/** Two people: how much of each one's labels the other has, with 95 % intervals, and how they differ by habit. */
export function PairNumbers({ state, pair }: Props): JSX.Element {
  const [a, b] = pair.people
  const [first, second] = [state.name(a), state.name(b)]
  const open = useSignal(false)
  const { matched, kinds_matched: places } = pair
  return (
    <details
      class="agreement-pair"
      data-testid="agreement-pair"
      onToggle={event => {
        open.value = event.currentTarget.open
      }}
    >
      <summary>
        <Avatar id={a} name={first} /> <Avatar id={b} name={second} /> {first} and {second}:{' '}
        <span data-testid="agreement-f1">F1 {figureText(f1Score(matched, pair.second, pair.first))}</span>
      </summary>
      <table class="table">
        <tbody>
          <Row name={`Of ${first}’s ${plural(pair.first, 'particle')}, ${second} has`} testid="recall">
            {figureText(share(pair.recall, pair.first))}
          </Row>
          <Row name={`Of ${second}’s ${plural(pair.second, 'particle')}, ${first} has`} testid="precision">
            {figureText(share(pair.precision, pair.second))}
          </Row>
          <Row
            name={`Cohen’s κ of label type (${plural(places, 'position')} labelled by both)`}
            testid="kappa"
          >
            {pair.kappa === null ? 'all of one kind' : figureText(kappaOf(pair))}
          </Row>
          <Row name={`Offset of ${second}’s centres from ${first}’s (mean ± SD)`} testid="offset">
            {matched === 0 ? '–' : offsetText(pair)}
          </Row>
          <Row name="Median difference per micrograph" testid="surplus">
            {surplusText(pair.surplus, second)}
          </Row>
        </tbody>
      </table>
      {pair.sentences.map(sentence => (
        <p key={sentence} class="hint">
          {sentence}
        </p>
      ))}
      {open.value && <Surplus state={state} pair={pair} name={second} />}
      {open.value && pair.offsets.length > 0 && <OffsetsPlot offsets={pair.offsets} />}
    </details>
  )
}

function Row({ name, testid, children }: { name: string; testid: string; children: string }): JSX.Element {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-testid={`agreement-${testid}`}>{children}</td>
    </tr>
  )
}

/** A bar for each micrograph: to the right where the second person has more particles, to the left where fewer. */
function Surplus({ state, pair, name }: Props & { name: string }): JSX.Element {
  const rows = pair.micrographs.map(({ id, first, second }) => ({ id, more: second - first }))
  const most = Math.max(1, ...rows.map(({ more }) => Math.abs(more)))
  return (
    <figure class="agreement-bars">
      <figcaption>Particles that {name} has more or fewer, by micrograph</figcaption>
      <ul>
        {rows.map(({ id, more }) => (
          <li key={id} title={state.micrograph(id)?.name}>
            <span class="sr-only">{state.micrograph(id)?.name}</span>
            <span class="agreement-track" aria-hidden="true">
              <span
                class="agreement-bar"
                style={{
                  left: `${50 + Math.min(0, (50 * more) / most)}%`,
                  width: `${(50 * Math.abs(more)) / most}%`,
                }}
              />
            </span>
            <span>{signed(more, 0)}</span>
          </li>
        ))}
      </ul>
    </figure>
  )
}

function offsetText({
  offset: [x, y],
  offset_px: [across, down],
  offset_spread: [dx, dy],
}: PairAgreement): string {
  const angstrom = `${signed(x)} ± ${dx.toFixed(1)}, ${signed(y)} ± ${dy.toFixed(1)} Å`
  return `${angstrom} (${signed(across)}, ${signed(down)} px)`
}

function surplusText(surplus: number, name: string): string {
  if (surplus === 0) return 'equal'
  return `${name} has ${Math.abs(surplus)} ${surplus > 0 ? 'more' : 'fewer'}`
}

function signed(value: number, digits = 1): string {
  const rounded = Number(value.toFixed(digits))
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${Math.abs(rounded)}`
}
