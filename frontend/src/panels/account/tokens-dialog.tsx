import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { listProjects } from '../../api/projects'
import { listTokens, makeToken, revokeToken } from '../../api/tokens'
import { type ListedProject, ROLES, type Role, type Token } from '../../wire'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { shortTime } from '../kit/format'
import { ToldOnce } from '../kit/told-once'
import { Button, ErrorNote, Field } from '../kit/ui'

const LASTS: Record<number, string> = { 7: '7 days', 30: '30 days', 90: '90 days', 366: 'a year' }

/** The tokens with which a person's programs sign in. */
export function TokensDialog({ close }: { close: () => void }): JSX.Element {
  const tokens = useSignal<Token[]>([])
  const { error, run } = useAction()
  const load = (): void =>
    void run(async () => {
      tokens.value = await listTokens()
    })
  useEffect(load, [])
  const revoke = (token: Token): void =>
    void run(async () => {
      await revokeToken(token.id)
      tokens.value = tokens.value.filter(({ id }) => id !== token.id)
    })
  return (
    <Dialog title="Access tokens" close={close} size="wide">
      <p class="hint">
        A program that signs in with a token can never do more than you can.{' '}
        <a href="/api/v1/docs" target="_blank" rel="noreferrer">
          What the API can do
        </a>
      </p>
      <MakeToken made={load} />
      {error && <ErrorNote>{error}</ErrorNote>}
      {tokens.value.length > 0 && (
        <ul class="members" data-testid="tokens">
          {tokens.value.map(token => (
            <TokenRow key={token.id} token={token} revoke={() => revoke(token)} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}

function TokenRow({ token, revoke }: { token: Token; revoke: () => void }): JSX.Element {
  const used = token.last_used_at ? `last used ${shortTime(token.last_used_at)}` : 'never used'
  const ends = `${token.expired ? 'expired' : 'expires'} ${shortTime(token.expires_at)}`
  return (
    <li data-testid="token">
      <span class="member-name" title={token.name}>
        {token.name}
      </span>
      <span class="text-faint">
        {token.project_name ?? 'all projects'} · {token.role} · {ends} · {used}
      </span>
      <Button onClick={revoke} data-testid="revoke-token">
        Revoke
      </Button>
    </li>
  )
}

function MakeToken({ made }: { made: () => void }): JSX.Element {
  const name = useSignal('')
  const project = useSignal('')
  const role = useSignal<Role>('annotator')
  const days = useSignal(90)
  const projects = useSignal<ListedProject[]>([])
  const text = useSignal('')
  const { busy, error, run } = useAction()
  useEffect(() => {
    void listProjects().then(
      found => {
        projects.value = found
      },
      () => undefined, // a token for all projects can still be made
    )
  }, [projects])
  const submit = (event: Event): void => {
    event.preventDefault()
    void run(async () => {
      const wanted = { name: name.value.trim(), role: role.value, days: days.value }
      text.value = (
        await makeToken({ ...wanted, project: project.value ? Number(project.value) : null })
      ).text
      name.value = ''
      made()
    })
  }
  return (
    <>
      <form class="form-line" onSubmit={submit}>
        <Field label="What it is for" text={name} placeholder="notebook on my laptop" testid="token-name" />
        <Choice
          label="Project"
          value={project.value}
          options={[
            ['', 'All projects'],
            ...projects.value.map(each => [String(each.id), each.name] as const),
          ]}
          set={value => {
            project.value = value
          }}
          testid="token-project"
        />
        <Choice
          label="Role"
          value={role.value}
          options={Object.keys(ROLES).map(key => [key, key] as const)}
          set={value => {
            role.value = value as Role
          }}
          testid="token-role"
        />
        <Choice
          label="Lasts"
          value={String(days.value)}
          options={Object.entries(LASTS)}
          set={value => {
            days.value = Number(value)
          }}
          testid="token-days"
        />
        <Button type="submit" disabled={busy || name.value.trim() === ''} data-testid="make-token">
          Make token
        </Button>
        {error && <ErrorNote>{error}</ErrorNote>}
      </form>
      {text.value && <ToldOnce text={text.value} what="Token" testid="token" />}
    </>
  )
}

interface ChoiceProps {
  label: string
  value: string
  options: readonly (readonly [string, string])[]
  set: (value: string) => void
  testid: string
}

function Choice({ label, value, options, set, testid }: ChoiceProps): JSX.Element {
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <select
        class="input"
        value={value}
        onChange={event => set(event.currentTarget.value)}
        data-testid={testid}
      >
        {options.map(([key, title]) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </select>
    </label>
  )
}
