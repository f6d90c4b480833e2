import type { JSX } from 'preact'
import type { Commands } from '../../desk/commands'
import type { Desk } from '../../desk/desk'
import { blindWords } from '../../model/micrographs/blind'
import { Icon } from '../kit/icons'
import { Button } from '../kit/ui'

interface Props {
  desk: Pick<Desk, 'micrograph' | 'state'>
  commands: Commands
}

/** Flag, exclusion and note of the open micrograph, over its corner. */
export function MicrographSign({ desk, commands }: Props): JSX.Element | null {
  const row = desk.micrograph.value
  if (!row || !(row.excluded || row.flagged || row.note || row.blind)) return null
  const { state } = desk
  const you = state.you.value?.id ?? null
  return (
    <section class="sign" aria-label="About this micrograph" data-testid="micrograph-sign">
      {row.flagged && <Icon name="flag" size={14} />}
      {row.excluded && <span>Excluded from training, picking and downloads</span>}
      {row.blind && (
        <span data-testid="blind">{blindWords(state.queue.of(row.id), you, id => state.name(id))}</span>
      )}
      {row.note && <span class="sign-note">{row.note}</span>}
      {row.flagged && !row.excluded && !row.note && <span>Flagged</span>}
      {row.excluded && state.mayEdit.value && (
        <Button kind="quiet" onClick={() => void commands.exclude()} data-testid="include">
          Include again
        </Button>
      )}
    </section>
  )
}
