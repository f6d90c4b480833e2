import { type Signal, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { useAction } from '../kit/action'
import { ToldOnce } from '../kit/told-once'
import { ErrorNote, IconButton } from '../kit/ui'

interface Row {
  readonly id: number
}

/** The links of one kind that hold, and what can be done with them. */
export interface Links<T extends Row> {
  readonly rows: Signal<readonly T[]>
  /** The address of the one made last: the server tells it this once. */
  readonly made: Signal<{ id: number; url: string } | null>
  readonly busy: boolean
  readonly error: string
  readonly make: (work: () => Promise<{ row: T; url: string }>) => void
  readonly revoke: (row: T, work: () => Promise<null>) => void
}

export function useLinks<T extends Row>(project: number, list: (project: number) => Promise<T[]>): Links<T> {
  const rows = useSignal<readonly T[]>([])
  /** The last one made here, with its address, which the server tells once. */
  const made = useSignal<{ id: number; url: string } | null>(null)
  const { busy, error, run } = useAction()
  useEffect(() => {
    void run(async () => {
      rows.value = await list(project)
    })
  }, [project])
  return {
    rows,
    made,
    busy,
    error,
    make: work =>
      void run(async () => {
        const { row, url } = await work()
        made.value = { id: row.id, url: new URL(url, location.href).href }
        rows.value = [row, ...rows.peek()]
      }),
    revoke: (row, work) =>
      void run(async () => {
        await work()
        rows.value = rows.peek().filter(({ id }) => id !== row.id)
        if (made.peek()?.id === row.id) made.value = null
      }),
  }
}

interface ListProps<T extends Row> {
  links: Links<T>
  testid: string
  /** What is said of a link: its name, and the rest below. */
  words: (row: T) => { name: string; note: string }
  /** Null where this person may not revoke a link. */
  revoke: (row: T) => (() => Promise<null>) | null
}

/** The address of the link made last, and all those that hold. */
export function LinkList<T extends Row>({ links, testid, words, revoke }: ListProps<T>): JSX.Element {
  const { rows, made, busy, error } = links
  return (
    <>
      {made.value && <ToldOnce text={made.value.url} what="Link" testid={testid} />}
      {error && <ErrorNote>{error}</ErrorNote>}
      <ul class="links" data-testid={`${testid}s`}>
        {rows.value.map(row => {
          const { name, note } = words(row)
          const end = revoke(row)
          return (
            <li key={row.id} class="link-row" data-testid={testid}>
              <span class="member-name" title={name}>
                {name}
                <span class="member-where">{note}</span>
              </span>
              {end && (
                <IconButton
                  icon="close"
                  label={`Revoke ${name}`}
                  disabled={busy}
                  onClick={() => links.revoke(row, end)}
                  data-testid={`revoke-${testid}`}
                />
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

interface ChoiceProps {
  label: string
  values: Readonly<Record<string, string>>
  chosen: Signal<string>
  testid: string
}

/** A choice with its words above it. */
export function LabelledChoice({ label, values, chosen, testid }: ChoiceProps): JSX.Element {
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <select
        class="input"
        value={chosen}
        onChange={event => {
          chosen.value = event.currentTarget.value
        }}
        data-testid={testid}
      >
        {Object.entries(values).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}
