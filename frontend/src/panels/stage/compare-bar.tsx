import type { JSX } from 'preact'
import { COMPARED } from '../../canvas/colours'
import type { Desk } from '../../desk/desk'
import { Button, IconButton } from '../kit/ui'

/** What the rings mean while picks are compared, and the way out. */
export function CompareBar({ desk }: { desk: Pick<Desk, 'compared' | 'dialog'> }): JSX.Element | null {
  const shown = desk.compared.shown.value
  if (!shown || desk.dialog.value === 'compare') return null
  const places = desk.compared.places.value
  const names = {
    matched: 'Both',
    only_first: `Only in “${shown.found.titles[0]}”`,
    only_second: `Only in “${shown.found.titles[1]}”`,
  }
  return (
    <section class="walk" aria-label="Compared picks" data-testid="compare-bar">
      <IconButton
        class="walk-close"
        icon="close"
        label="Show all marks again"
        onClick={() => desk.compared.leave()}
        data-testid="compare-leave"
      />
      <p class="walk-line">
        {(['matched', 'only_first', 'only_second'] as const).map(key => (
          <span key={key} class="compare-key">
            <svg class="compare-swatch" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
              <circle
                cx="9"
                cy="9"
                r="6"
                stroke={COMPARED[key].colour}
                stroke-dasharray={COMPARED[key].dash.map(n => n / 2).join(' ')}
              />
            </svg>
            {names[key]}{' '}
            <strong data-testid={`compare-here-${key}`}>{places ? places[key].length : '…'}</strong>
          </span>
        ))}
      </p>
      <div class="walk-line">
        <Button
          kind="quiet"
          onClick={() => {
            desk.dialog.value = 'compare'
          }}
          data-testid="compare-again"
        >
          All figures
        </Button>
      </div>
    </section>
  )
}
