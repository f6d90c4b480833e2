import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { SourceLook } from '../../canvas/colours'
import type { Desk } from '../../desk/desk'
import type { Source } from '../../wire'
import { inFull } from '../kit/format'
import { Remove } from '../kit/remove'
import { Section } from '../kit/section'
import { Button, classes } from '../kit/ui'

type OthersDesk = Pick<Desk, 'others' | 'state' | 'sections' | 'coordinates'>

/** The sources of picks besides the project's own networks, and the way in for more. */
export function OtherPicksPanel({ desk }: { desk: OthersDesk }): JSX.Element | null {
  const rows = desk.others.rows.value
  const mayEdit = desk.state.mayEdit.value
  if (rows.length === 0 && (!mayEdit || desk.state.micrographs.value.length === 0)) return null
  return (
    <Section sections={desk.sections} title="Other picks" testid="other-picks">
      <p class="hint">
        {rows.length > 0
          ? 'They count once somebody accepts them (A). R rejects what is under the cursor.'
          : 'Coordinates of other programs can stand beside the networks’ picks. Drop their files on the page.'}
      </p>
      <ul class="sources">
        {rows.map(source => (
          <SourceRow key={source.id} desk={desk} source={source} />
        ))}
      </ul>
      {mayEdit && (
        <Button
          kind="quiet"
          icon="target"
          onClick={() => {
            desk.coordinates.open.value = true
          }}
          data-testid="open-coordinates"
        >
          Import coordinates…
        </Button>
      )}
    </Section>
  )
}

function SourceRow({ desk, source }: { desk: OthersDesk; source: Source }): JSX.Element {
  const { others } = desk
  const shown = others.isShown(source)
  const mine = mayChange(desk, source)
  return (
    <li class="source" data-testid="source" data-name={source.name}>
      <div class="source-head">
        <button
          type="button"
          class={classes('source-switch', !shown && 'source-hidden')}
          aria-pressed={shown}
          aria-label={`Show ${source.name}`}
          title={shown ? `Hide ${source.name}` : `Show ${source.name}`}
          onClick={() => others.flip(source)}
          data-testid="source-switch"
        >
          <Swatch look={others.look(source)} />
        </button>
        <SourceName
          source={source}
          shown={shown}
          rename={mine ? text => others.rename(source, text) : null}
        />
        <Count desk={desk} source={source} />
        {mine && <RemoveSource desk={desk} source={source} />}
      </div>
      {source.threshold !== null && <Threshold desk={desk} source={source} threshold={source.threshold} />}
      <label
        class="check"
        title="The networks take these picks as examples of particles in the next training."
      >
        <input
          type="checkbox"
          checked={source.teaches}
          disabled={!mine}
          onChange={event => others.teach(source, event.currentTarget.checked)}
          data-testid="source-teaches"
        />
        Teach with these
      </label>
    </li>
  )
}

interface NameProps {
  source: Source
  shown: boolean
  /** Null for people who only look. */
  rename: ((text: string) => void) | null
}

/** A name becomes a field at a click; Enter keeps what is typed, Escape does not. */
function SourceName({ source: { name }, shown, rename }: NameProps): JSX.Element {
  const typing = useSignal(false)
  const end = (text: string | null) => (): void => {
    typing.value = false
    if (text !== null) rename?.(text)
  }
  const look = classes('source-name', !shown && 'source-hidden')
  if (!rename)
    return (
      <span class={look} title={name}>
        {name}
      </span>
    )
  if (!typing.value)
    return (
      <button
        type="button"
        class={look}
        title={`Rename ${name}`}
        onClick={() => {
          typing.value = true
        }}
        data-testid="rename-source"
      >
        {name}
      </button>
    )
  return (
    <input
      ref={focusAll}
      class="input source-name"
      aria-label={`New name of ${name}`}
      maxLength={200}
      defaultValue={name}
      onKeyDown={event => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') end(null)()
      }}
      onBlur={event => typing.value && end(event.currentTarget.value)()}
      data-testid="source-name-field"
    />
  )
}

/** A function of its own, not run again at each drawing: that would take the cursor from where somebody types. */
function focusAll(field: HTMLInputElement | null): void {
  field?.focus()
  field?.select()
}

/** The ring as it is on the canvas. */
function Swatch({ look }: { look: SourceLook }): JSX.Element {
  return (
    <svg class="source-swatch" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <circle
        cx="9"
        cy="9"
        r="6"
        stroke={look.colour}
        stroke-dasharray={look.dash.map(n => n / 2).join(' ')}
      />
    </svg>
  )
}

function Count({ desk, source }: { desk: OthersDesk; source: Source }): JSX.Element {
  desk.others.changed.value // the picks may have come since
  const n = desk.state.sourceBlocks.count(source.id, source.threshold)
  return (
    <output
      class="panel-note"
      title="Picks from this threshold on, on all micrographs"
      data-testid="source-count"
    >
      {n === null ? '' : inFull(n)}
    </output>
  )
}

interface ThresholdProps {
  desk: OthersDesk
  source: Source
  threshold: number
}

/** In the source's own units, between its lowest and its highest score. */
function Threshold({ desk, source, threshold }: ThresholdProps): JSX.Element {
  const least = source.lowest_score ?? 0
  const most = source.highest_score ?? 1
  const place = most > least ? (threshold - least) / (most - least) : 0
  return (
    <label class="tone">
      <span>Score</span>
      <input
        class="range"
        type="range"
        min="0"
        max="1"
        step="0.005"
        value={place}
        disabled={!mayChange(desk, source)}
        onInput={event =>
          desk.others.slide(source, least + Number(event.currentTarget.value) * (most - least))
        }
        aria-valuetext={threshold.toPrecision(3)}
        data-testid="source-threshold"
      />
      <output>{threshold.toPrecision(3)}</output>
    </label>
  )
}

/** Annotators change and remove what they brought themselves, managers what anyone did. */
function mayChange({ state }: OthersDesk, source: Source): boolean {
  const own = source.created_by !== null && source.created_by === state.you.value?.id
  return state.mayEdit.value && (own || state.mayManage.value)
}

function RemoveSource({ desk, source }: { desk: OthersDesk; source: Source }): JSX.Element {
  return (
    <Remove
      label={`Remove ${source.name}`}
      title="Remove picks"
      verb="Remove"
      what="source"
      remove={() => desk.others.remove(source)}
    >
      All picks of {source.name} will be removed for everyone. Those that were accepted or rejected stay as
      they are.
    </Remove>
  )
}
