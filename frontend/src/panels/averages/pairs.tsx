import type { JSX } from 'preact'
import { pictureUrl } from '../../api/averages'
import type { Pictured } from '../../desk/averages/averages'
import type { AverageClass, Averages, Beside } from '../../wire'
import { inFull, plural } from '../kit/format'
import { classPicture } from './class-picture'
import { resolutionOf } from './class-words'

interface Props {
  project: number
  pictured: Pictured
  order: readonly number[]
  other: Averages
  /** Null until it has come. */
  beside: Beside | null
}

/** Each class beside the one of other averages that holds most of the same picks. */
export function Pairs({ project, pictured, order, other, beside }: Props): JSX.Element {
  const partners = new Map(beside?.pairs.map(pair => [pair.number, pair]))
  const url = pictureUrl(project, other.number, other.round)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <div class="pairs" tabIndex={0} aria-busy={beside === null} data-testid="pairs">
      {order.map(place => {
        const of = pictured.classes[place]
        const pair = of && partners.get(of.number)
        const at = (other.classes ?? []).findIndex(({ number }) => number === pair?.beside)
        const partner = other.classes?.[at]
        return (
          of && (
            <figure key={of.number} class="pair" data-testid="pair">
              <Half row={pictured.row} url={pictured.url} place={place} of={of} />
              {partner ? (
                <Half row={other} url={url} place={at} of={partner} />
              ) : (
                <div class="pair-none">{beside ? 'No class shares its picks' : ''}</div>
              )}
              <figcaption>{pair && partner ? `${plural(pair.shared, 'pick')} in both` : ''}</figcaption>
            </figure>
          )
        )
      })}
    </div>
  )
}

interface HalfProps {
  row: Averages
  url: string
  place: number
  of: AverageClass
}

function Half({ row, url, place, of }: HalfProps): JSX.Element {
  return (
    <div class="pair-half">
      <div
        class="pair-picture"
        role="img"
        aria-label={`Class ${of.number} of averages ${row.number}`}
        style={classPicture(row, url, place)}
      />
      <div class="average-line">
        <strong>{inFull(of.count)}</strong>
        <span>{resolutionOf(of)}</span>
      </div>
    </div>
  )
}
