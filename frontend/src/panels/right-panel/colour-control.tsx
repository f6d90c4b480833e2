import type { JSX } from 'preact'
import type { ColourBy } from '../../canvas/colouring'
import { hueColour, personHue, SCORE_COLOURS } from '../../canvas/colours'
import type { Desk } from '../../desk/desk'
import type { ProjectState } from '../../model/project'
import { Segments } from '../kit/choice'

const NAMES: Record<ColourBy, string> = { kind: 'Kind', score: 'Score', who: 'Person' }

/** What the colours of marks say, with a legend where they are not those of the toolbar. */
export function ColourControl({ desk }: { desk: Pick<Desk, 'settings' | 'set' | 'state'> }): JSX.Element {
  const { colourBy } = desk.settings.value
  return (
    <div class="colour-control">
      <span class="field-label" id="colour-by">
        Colour by
      </span>
      <Segments
        labelledBy="colour-by"
        values={NAMES}
        value={colourBy}
        set={value => desk.set({ colourBy: value })}
        testid="colour"
      />
      {colourBy === 'score' && <Scores />}
      {colourBy === 'who' && <People state={desk.state} />}
    </div>
  )
}

function Scores(): JSX.Element {
  return (
    <div class="ramp colour-legend" title="Particle score">
      <span>0</span>
      {SCORE_COLOURS.map(colour => (
        <span key={colour} class="ramp-bar" style={{ background: colour }} />
      ))}
      <span>1</span>
    </div>
  )
}

function People({ state }: { state: ProjectState }): JSX.Element {
  return (
    <ul class="colour-legend colour-people">
      {state.members.value.map(({ id, username }) => (
        <li key={id}>
          <span class="colour-dot" style={{ background: hueColour(personHue(id)) }} />
          {username}
        </li>
      ))}
    </ul>
  )
}
