import type { JSX } from 'preact'
import type { Pictured } from '../../desk/averages/averages'
import { type ClassTally, judgedAs, partly } from '../../model/averages/tally'
import type { AverageClass } from '../../wire'
import { CropSign } from '../gallery/crop-sign'
import { inFull } from '../kit/format'
import { Glyph } from '../kit/icons'
import { classes } from '../kit/ui'
import { classPicture } from './class-picture'
import { describeClass, resolutionOf, scoreText } from './class-words'

const JUDGED = { accept: 'accepted', reject: 'rejected' } as const

/** Height of the two lines below an average, CSS pixels. */
export const TEXT = 40

interface Props {
  pictured: Pictured
  of: AverageClass
  /** Among the classes, from 0. */
  place: number
  /** In the list, and how many there are. */
  index: number
  count: number
  tally: ClassTally | null
  left: number
  top: number
  side: number
  current: boolean
  choose: () => void
}

/** One class: its average, how many picks it holds, how fine it is, and their mean scores. */
export function ClassCell(props: Props): JSX.Element {
  const { pictured, of, place, index, side, tally, current } = props
  const judged = tally && judgedAs(tally)
  const text = describeClass(of, tally, judged ? JUDGED[judged] : '')
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
    <div
      id={`class-${index}`}
      class={classes('average', judged && `crop-${judged}`, current && 'average-current')}
      style={{
        left: `${props.left}px`,
        top: `${props.top}px`,
        width: `${side}px`,
        height: `${side + TEXT}px`,
      }}
      role="option"
      aria-selected={current}
      aria-posinset={index + 1}
      aria-setsize={props.count}
      title={text}
      data-testid="class"
      data-number={of.number}
      data-judged={judged ?? ''}
      onClick={props.choose}
    >
      <span class="sr-only">{text}</span>
      <div class="average-frame" aria-hidden="true" style={{ height: `${side}px` }}>
        <div class="crop-picture" style={classPicture(pictured.row, pictured.url, place)} />
        {judged && (
          <span class="crop-sign">
            <CropSign kind={judged} />
          </span>
        )}
        {tally && <span class="crop-note">{partly(tally)}</span>}
      </div>
      <div class="average-line" aria-hidden="true">
        <strong>{inFull(of.count)}</strong>
        <span>{resolutionOf(of)}</span>
      </div>
      <div class="average-line average-scores" aria-hidden="true">
        <span>
          <Glyph kind="particle" />
          {scoreText(of.particle_score)}
        </span>
        <span>
          <Glyph kind="contamination" />
          {scoreText(of.contamination_score)}
        </span>
      </div>
    </div>
  )
}
