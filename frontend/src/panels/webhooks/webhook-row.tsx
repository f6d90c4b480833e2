import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import {
  changeWebhook,
  listDeliveries,
  removeWebhook,
  renewSecret,
  sendAgain,
  sendTest,
} from '../../api/webhooks'
import type { Delivery, Webhook } from '../../wire'
import { useAction } from '../kit/action'
import { plural, shortTime } from '../kit/format'
import { Button, ErrorNote, IconButton } from '../kit/ui'

interface Props {
  project: number
  webhook: Webhook
  changed: () => void
  told: (secret: string) => void
}

/** One address: what it is told, how the last message went, and all messages on demand. */
export function WebhookRow({ project, webhook, changed, told }: Props): JSX.Element {
  const { id, url, events, active, last } = webhook
  const { busy, error, run } = useAction()
  const open = useSignal(false)
  const act = (work: () => Promise<unknown>): void =>
    void run(async () => {
      await work()
      changed()
    })
  return (
    <section class="webhook" aria-label={url} data-testid="webhook">
      <header class="webhook-head">
        <div>
          <p class="webhook-url">{url}</p>
          <p class="hint">
            {events.join(' · ')} – {last ? `last message ${stateText(last)}` : 'nothing sent yet'}
          </p>
        </div>
        <label class="check">
          <input
            type="checkbox"
            checked={active}
            disabled={busy}
            onChange={() => act(() => changeWebhook(project, id, { active: !active }))}
            data-testid="webhook-active"
          />
          On
        </label>
        <IconButton
          icon="close"
          label="Remove this webhook"
          disabled={busy}
          onClick={() => act(() => removeWebhook(project, id))}
          data-testid="remove-webhook"
        />
      </header>
      <div class="webhook-buttons">
        <Button
          disabled={busy || !active}
          onClick={() => act(() => sendTest(project, id))}
          data-testid="test-webhook"
        >
          Send a test
        </Button>
        <Button
          disabled={busy}
          title="Messages are no longer signed with the old one"
          onClick={() => void run(async () => told((await renewSecret(project, id)).secret))}
        >
          New secret
        </Button>
      </div>
      {error && <ErrorNote>{error}</ErrorNote>}
      {last && (
        <details
          onToggle={event => {
            open.value = event.currentTarget.open
          }}
        >
          <summary>Deliveries</summary>
          {open.value && <Deliveries project={project} webhook={webhook} />}
        </details>
      )}
    </section>
  )
}

/** Looked at again whenever the list of webhooks is. */
function Deliveries({ project, webhook }: Pick<Props, 'project' | 'webhook'>): JSX.Element {
  const rows = useSignal<readonly Delivery[]>([])
  const { error, run } = useAction()
  const load = async (): Promise<void> => {
    rows.value = await listDeliveries(project, webhook.id)
  }
  useEffect(() => void run(load), [webhook])
  const again = (delivery: Delivery): void =>
    void run(async () => {
      await sendAgain(project, webhook.id, delivery.id)
      await load()
    })
  return (
    <>
      {error && <ErrorNote>{error}</ErrorNote>}
      <ul class="deliveries" data-testid="deliveries">
        {rows.value.map(each => (
          <li key={each.id} data-testid="delivery" data-state={each.state}>
            <div>
              <strong>{each.event}</strong>{' '}
              <span class="hint">
                {shortTime(each.created_at)} · {stateText(each)}
              </span>
              {(each.error || each.response) && (
                <p class="delivery-answer">{[each.error, each.response].filter(Boolean).join(': ')}</p>
              )}
            </div>
            <Button
              disabled={!webhook.active || each.state === 'waiting'}
              onClick={() => again(each)}
              data-testid="send-again"
            >
              Send again
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}

function stateText({ state, attempts, tried_at, next_try_at, status_code }: Delivery): string {
  const answer = status_code === null ? '' : ` (${status_code})`
  if (state === 'delivered') return `delivered ${tried_at ? shortTime(tried_at) : ''}${answer}`
  if (state === 'given up') return `given up after ${plural(attempts, 'try', 'tries')}${answer}`
  if (attempts === 0 || next_try_at === null) return 'about to be sent'
  return `not delivered${answer}: ${plural(attempts, 'try', 'tries')}, next ${shortTime(next_try_at)}`
}
