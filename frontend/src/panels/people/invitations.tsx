import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { invite, listInvitations, revokeInvitation } from '../../api/links'
import type { ProjectState } from '../../model/project'
import { type Invitation, ROLES, type Role } from '../../wire'
import { plural, shortTime } from '../kit/format'
import { Button } from '../kit/ui'
import { LabelledChoice, LinkList, useLinks } from './links'
import { RoleChoice } from './role-choice'

/** Hours. */
const LASTS = { 1: '1 hour', 24: '1 day', 168: '1 week', 720: '30 days', 2160: '90 days' }
const FOR = { 1: 'one person', 5: '5 people', 20: '20 people', any: 'any number' }

/** Invites people by a link, and shows which invitations are open. */
export function Invitations({ project, state }: { project: number; state: ProjectState }): JSX.Element {
  const role = useSignal<Role>('annotator')
  const lasts = useSignal('168')
  const people = useSignal('1')
  const links = useLinks(project, listInvitations)
  const owns = state.mayOwn.value
  const make = (): void =>
    links.make(async () => {
      const made = await invite(project, {
        role: role.value,
        hours: Number(lasts.value),
        most_uses: people.value === 'any' ? null : Number(people.value),
      })
      return { row: made.invitation, url: made.url }
    })
  return (
    <section class="section" aria-label="Invitations">
      <h3>Invite with a link</h3>
      <div class="link-form">
        <div class="field">
          <span class="field-label" aria-hidden="true">
            Role
          </span>
          <RoleChoice
            label="Role of the invited person"
            owns={owns}
            role={role.value}
            change={to => {
              role.value = to
            }}
            testid="invitation-role"
          />
        </div>
        <LabelledChoice label="For" values={FOR} chosen={people} testid="invitation-people" />
        <LabelledChoice label="Lasts" values={LASTS} chosen={lasts} testid="invitation-lasts" />
        <Button disabled={links.busy} onClick={make} data-testid="make-invitation">
          Make link
        </Button>
      </div>
      <LinkList
        links={links}
        testid="invitation"
        words={row => wordsOf(row, state)}
        revoke={row => (owns || !ROLES[row.role].owns ? () => revokeInvitation(project, row.id) : null)}
      />
    </section>
  )
}

function wordsOf(row: Invitation, state: ProjectState): { name: string; note: string } {
  const most = row.most_uses === null ? '' : ` of ${row.most_uses}`
  const by = row.created_by === null ? '' : ` · by ${state.name(row.created_by)}`
  const joined =
    row.most_uses === null ? `${plural(row.uses, 'person', 'people')} joined` : `${row.uses}${most} joined`
  return { name: `As ${row.role}`, note: `${joined} · until ${shortTime(row.expires_at)}${by}` }
}
