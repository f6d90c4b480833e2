import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import type { Sync } from '../../live/sync'
import { type UNSENT, unsentText } from '../kit/format'
import { classes } from '../kit/ui'

/** Milliseconds of trouble before it is said, and for which its end is. */
const PATIENCE = 1500
const FAREWELL = 3000

/** A slim line at the top of the canvas while changes do not get through, and for a moment when they have. */
export function UnsentBanner({
  desk: { sync, state },
}: {
  desk: Pick<Desk, 'sync' | 'state'>
}): JSX.Element | null {
  const stage = useSignal<'none' | 'trouble' | 'over'>('none')
  const trouble = useComputed(() => sync.reach.value !== 'live' || sync.waiting.value > 0)
  useSignalEffect(() => {
    const down = trouble.value
    const now = stage.peek()
    if (down === (now === 'trouble')) return
    if (!down && now === 'none') return
    if (!down) stage.value = 'over'
    const next = down ? 'trouble' : 'none'
    const timer = setTimeout(
      () => {
        stage.value = next
      },
      down ? PATIENCE : FAREWELL,
    )
    return () => clearTimeout(timer)
  })
  if (stage.value === 'none') return null
  const over = stage.value === 'over'
  const mayEdit = state.mayEdit.value
  const farewell = mayEdit ? 'All changes sent' : 'Connected again'
  return (
    <p class={classes('unsent', over && 'unsent-over')} role="status" data-testid="unsent">
      {over ? farewell : unsentText(why(sync.reach), sync.waiting.value, sync.kept, mayEdit)}
    </p>
  )
}

function why({ value }: Sync['reach']): keyof typeof UNSENT {
  if (value === 'live') return 'slow'
  return value === 'away' || value === 'full' ? value : 'offline'
}
