import type { JSX } from 'preact'
import { rampGradient } from '../../canvas/ramp'
import type { Desk } from '../../desk/desk'
import type { MapChoice, ScoreMap } from '../../desk/stage/score-map'
import { Section } from '../kit/section'
import { classes } from '../kit/ui'

const NAMES: Record<MapChoice, string> = { off: 'Off', particle: 'Particle', contamination: 'Contamination' }

interface Props {
  desk: Pick<Desk, 'scoreMap' | 'state' | 'sections'>
}

/** Lays a network's scores over the micrograph. Shown once there are picks, whose networks made the maps. */
export function ScoreMapPanel({ desk }: Props): JSX.Element | null {
  const { scoreMap, state } = desk
  const networks = state.networks.value
  if (!networks) return null
  const network = scoreMap.network.value
  const choices = (Object.keys(NAMES) as MapChoice[]).filter(
    each => each !== 'contamination' || networks.contamination,
  )
  return (
    <Section
      sections={desk.sections}
      title="Score map"
      testid="score-map"
      side={<kbd title="Next map">Shift H</kbd>}
    >
      <fieldset class="segments segments-wide" aria-label="Network">
        {choices.map(each => (
          <button
            key={each}
            type="button"
            class={classes('segment', network === each && 'segment-on')}
            aria-pressed={network === each}
            onClick={() => {
              scoreMap.network.value = each
            }}
            data-testid={`score-map-${each}`}
          >
            {NAMES[each]}
          </button>
        ))}
      </fieldset>
      {network !== 'off' && <Legend scoreMap={scoreMap} />}
    </Section>
  )
}

function Legend({ scoreMap }: { scoreMap: ScoreMap }): JSX.Element {
  if (scoreMap.missing.value) return <p class="hint">{scoreMap.missing.value}</p>
  return (
    <>
      <div class="ramp">
        <span>0</span>
        <span class="ramp-bar" style={{ backgroundImage: rampGradient() }} />
        <span>1</span>
      </div>
      <label class="tone">
        <span>Opacity</span>
        <input
          class="range"
          type="range"
          min="0.1"
          max="1"
          step="0.05"
          value={scoreMap.opacity.value}
          onInput={event => {
            scoreMap.opacity.value = Number(event.currentTarget.value)
          }}
          data-testid="score-map-opacity"
        />
      </label>
    </>
  )
}
