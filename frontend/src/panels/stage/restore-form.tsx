import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { Choice } from '../kit/choice'
import { plural } from '../kit/format'
import { Button } from '../kit/ui'

type RestoreDesk = Pick<Desk, 'state' | 'restorations' | 'current'>

const PLACES = { here: 'this micrograph', all: 'the whole project' }

/** Whose marks come back, and where; what that would change; and the button that does it. */
export function RestoreForm({ desk }: { desk: RestoreDesk }): JSX.Element | null {
  const { restorations, state, current } = desk
  const scope = restorations.scope.value
  if (!scope) return null
  const would = restorations.would.value
  const nothing = would !== null && would.back + would.gone + would.changed === 0
  return (
    <div class="travel-line" data-testid="restore-form">
      <span>Restore the marks of</span>
      <Choice
        label="Whose marks"
        values={people(desk)}
        value={String(scope.person ?? '')}
        set={value => {
          restorations.scope.value = { ...scope, person: value === '' ? null : Number(value) }
        }}
        testid="restore-person"
      />
      <span>on</span>
      <Choice
        label="Where"
        values={PLACES}
        value={scope.micrograph === null ? 'all' : 'here'}
        set={value => {
          restorations.scope.value = { ...scope, micrograph: value === 'all' ? null : current.peek() }
        }}
        testid="restore-where"
      />
      <span class="travel-would" aria-live="polite" data-testid="restore-would">
        {would === null && 'Comparing…'}
        {nothing && 'Nothing differs from now.'}
        {would && !nothing && (
          <>
            {would.back > 0 && <span class="travel-comes">○ {plural(would.back, 'mark')} back</span>}
            {would.gone > 0 && <span class="travel-goes">× {plural(would.gone, 'mark')} removed</span>}
            {would.changed > 0 && <span>{plural(would.changed, 'mark')} changed</span>}
            {scope.micrograph === null && <span>on {plural(would.micrographs, 'micrograph')}</span>}
          </>
        )}
      </span>
      <span class="bar-space" />
      <Button
        kind="primary"
        disabled={!would || nothing || restorations.busy.value}
        title={state.mayManage.value ? '' : 'Managers and owners restore what others marked.'}
        onClick={() => void restorations.restore()}
        data-testid="restore"
      >
        Restore
      </Button>
    </div>
  )
}

/** Managers choose whose; others restore what is theirs. */
function people({ state }: RestoreDesk): Record<string, string> {
  const you = state.you.value
  const own = you ? { [you.id]: 'you' } : {}
  if (!state.mayManage.value) return own
  const others = state.members.value.filter(({ id }) => id !== you?.id)
  return { '': 'everyone', ...own, ...Object.fromEntries(others.map(({ id, username }) => [id, username])) }
}
