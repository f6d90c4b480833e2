import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { listWebhooks, makeWebhook } from '../../api/webhooks'
import type { Webhook, WebhookEvent } from '../../wire'
import { useAction } from '../kit/action'
import { Dialog } from '../kit/dialog'
import { ToldOnce } from '../kit/told-once'
import { Button, Empty, ErrorNote } from '../kit/ui'
import { WebhookRow } from './webhook-row'

const LOOK_EVERY_MS = 3000
const TITLES: Record<WebhookEvent, string> = {
  'training.finished': 'Training finished',
  'picking.finished': 'Picking finished',
  'export.ready': 'Export ready',
  'comment.made': 'Comment made',
}

/** Addresses of other programs that are told what happens in the project, and what was sent to them. */
export function WebhooksDialog({ project, close }: { project: number; close: () => void }): JSX.Element {
  const webhooks = useSignal<Webhook[] | null>(null)
  const secret = useSignal('')
  const { error, run } = useAction()
  const load = (): void =>
    void run(async () => {
      webhooks.value = await listWebhooks(project)
    })
  useEffect(() => {
    load()
    const looking = setInterval(load, LOOK_EVERY_MS)
    return () => clearInterval(looking)
  }, [])
  const told = (text: string): void => {
    secret.value = text
    load()
  }
  return (
    <Dialog title="Webhooks" close={close} size="wide">
      <AddWebhook project={project} made={told} />
      {secret.value && <ToldOnce text={secret.value} what="Signing secret" testid="webhook-secret" />}
      {error && <ErrorNote>{error}</ErrorNote>}
      {webhooks.value?.length === 0 && (
        <Empty title="No webhooks yet">
          <p>
            CryoWeb can tell another program, a chat bot or a processing pipeline say, when a training or
            picking has finished, or an export is ready. Enter its address above.
          </p>
        </Empty>
      )}
      {webhooks.value?.map(webhook => (
        <WebhookRow key={webhook.id} project={project} webhook={webhook} changed={load} told={told} />
      ))}
    </Dialog>
  )
}

function AddWebhook({ project, made }: { project: number; made: (secret: string) => void }): JSX.Element {
  const url = useSignal('')
  const events = useSignal(new Set(Object.keys(TITLES) as WebhookEvent[]))
  const { busy, error, run } = useAction()
  const toggle = (event: WebhookEvent): void => {
    const chosen = new Set(events.value)
    if (!chosen.delete(event)) chosen.add(event)
    events.value = chosen
  }
  const submit = (event: Event): void => {
    event.preventDefault()
    void run(async () => {
      made((await makeWebhook(project, { url: url.value.trim(), events: [...events.value] })).secret)
      url.value = ''
    })
  }
  return (
    <form class="form-line" onSubmit={submit}>
      <label class="field">
        <span class="field-label">Address that gets the messages</span>
        <input
          class="input"
          value={url}
          onInput={event => {
            url.value = event.currentTarget.value
          }}
          maxLength={2000}
          placeholder="https://example.org/cryoweb"
          data-testid="webhook-url"
        />
      </label>
      <Button
        type="submit"
        disabled={busy || url.value.trim() === '' || events.value.size === 0}
        data-testid="add-webhook"
      >
        Add
      </Button>
      <fieldset class="webhook-events">
        {(Object.keys(TITLES) as WebhookEvent[]).map(key => (
          <label key={key} class="check">
            <input
              type="checkbox"
              checked={events.value.has(key)}
              onChange={() => toggle(key)}
              data-testid={`webhook-${key}`}
            />
            {TITLES[key]}
          </label>
        ))}
      </fieldset>
      {error && <ErrorNote>{error}</ErrorNote>}
    </form>
  )
}
