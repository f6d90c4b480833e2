import type { JSX } from 'preact'
import { ROLES, type Role } from '../../wire'

interface Props {
  label: string
  /** Whether this person may also give the role owner. */
  owns: boolean
  role: Role
  change: (role: Role) => void
  testid: string
}

export function RoleChoice({ label, owns, role, change, testid }: Props): JSX.Element {
  return (
    <select
      class="input"
      aria-label={label}
      value={role}
      onChange={event => change(event.currentTarget.value as Role)}
      data-testid={testid}
    >
      {(Object.keys(ROLES) as Role[]).map(key => (
        <option key={key} value={key} title={ROLES[key].title} disabled={ROLES[key].owns && !owns}>
          {key}
        </option>
      ))}
    </select>
  )
}
