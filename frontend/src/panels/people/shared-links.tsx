import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { listSharedLinks, revokeShared, share } from '../../api/links'
import type { ProjectState } from '../../model/project'
import type { SharedLink } from '../../wire'
import { shortTime } from '../kit/format'
import { Button, Field } from '../kit/ui'
import { LabelledChoice, LinkList, useLinks } from './links'

/** Hours. */
const LASTS = { 24: '1 day', 168: '1 week', 720: '30 days', 2160: '90 days', 8784: '1 year' }

/** Links with which people look without an account, and who may be told of them. */
export function SharedLinks({ project, state }: { project: number; state: ProjectState }): JSX.Element {
  const name = useSignal('')
  const lasts = useSignal('720')
  const links = useLinks(project, listSharedLinks)
  const submit = (event: Event): void => {
    event.preventDefault()
    links.make(async () => {
      const made = await share(project, { name: name.value.trim(), hours: Number(lasts.value) })
      name.value = ''
      return { row: made.shared_link, url: made.url }
    })
  }
  return (
    <section class="section" aria-label="Shared links">
      <h3>Share a view-only link</h3>
      <p class="hint">
        Whoever has the link sees the project live, without an account, and changes nothing. Several people
        can use it at once. Revoking it sends them away.
      </p>
      <form class="link-form" onSubmit={submit}>
        <Field label="For whom" text={name} placeholder="collaborators in Basel" testid="share-name" />
        <LabelledChoice label="Lasts" values={LASTS} chosen={lasts} testid="share-lasts" />
        <Button type="submit" disabled={links.busy || name.value.trim() === ''} data-testid="share">
          Make link
        </Button>
      </form>
      <LinkList
        links={links}
        testid="shared-link"
        words={row => wordsOf(row, state)}
        revoke={row => () => revokeShared(project, row.id)}
      />
    </section>
  )
}

function wordsOf(row: SharedLink, state: ProjectState): { name: string; note: string } {
  const opened = row.last_opened_at ? `opened ${shortTime(row.last_opened_at)}` : 'not opened yet'
  const by = row.created_by === null ? '' : ` · by ${state.name(row.created_by)}`
  return { name: row.name, note: `${opened} · until ${shortTime(row.expires_at)}${by}` }
}
