import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Placing } from '../../wire'
import { Choice } from '../kit/choice'
import type { DraftProps } from './props'

const UNITS: Record<Placing['unit'], string> = {
  pixels: 'pixels',
  fractions: 'fractions of the image',
  angstrom: 'Å',
}

/** Unit, scale and flip, each of which the canvas shows at once. */
export function PlacingFields({ desk, draft }: DraftProps): JSX.Element {
  const { placing } = draft
  /** What somebody is typing: answers of the server that come meanwhile leave it alone. */
  const [typed, setTyped] = useState<string | null>(null)
  const set = (change: Partial<Placing>): void =>
    void desk.coordinates.change({ placing: { ...placing, ...change } })
  return (
    <fieldset class="import-part">
      <legend class="field-label">Coordinates are in</legend>
      <div class="import-pair">
        <Choice
          label="Unit"
          values={UNITS}
          value={placing.unit}
          set={unit => set({ unit })}
          testid="import-unit"
        />
        {placing.unit === 'pixels' && (
          <label class="import-text import-times">
            <span class="text-faint">times</span>
            <input
              class="input"
              inputMode="decimal"
              value={typed ?? placing.scale ?? ''}
              placeholder="as the files say"
              onInput={event => setTyped(event.currentTarget.value)}
              onBlur={() => setTyped(null)}
              onChange={event => {
                const text = event.currentTarget.value.trim()
                const scale = text === '' ? null : Number(text)
                if (scale === null || (Number.isFinite(scale) && scale > 0)) set({ scale })
                else setTyped(null)
              }}
              data-testid="import-scale"
            />
          </label>
        )}
      </div>
      <label class="check" title="For programs that read TIFF upside down, and some exports of cryoSPARC">
        <input
          type="checkbox"
          checked={placing.flip_y}
          onChange={event => set({ flip_y: event.currentTarget.checked })}
          data-testid="import-flip"
        />
        Flip y: rows are counted from the other end
      </label>
      <p class="hint" data-testid="import-guess">
        {draft.guess} Compare the rings on the micrograph.
      </p>
    </fieldset>
  )
}
