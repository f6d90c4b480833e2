import { type Signal, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { isRunning } from '../../desk/averages/averages'
import { AveragesCommands } from '../../desk/averages/averages-commands'
import type { Desk } from '../../desk/desk'
import { Button, Empty, ErrorNote } from '../kit/ui'
import { AveragesBar } from './averages-bar'
import { AveragesFoot } from './averages-foot'
import { ClassGrid } from './class-grid'
import { endText } from './class-words'
import { Pairs } from './pairs'
import { SortForm } from './sort-form'
import { Sorting } from './sorting'

interface Props {
  desk: Desk
  /** Gives the focus back to the canvas. */
  leave: () => void
}

/** The picks sorted into classes, over the canvas: the gallery stays in sight below. */
export function AveragesPage({ desk, leave }: Props): JSX.Element {
  const { averages, gallery } = desk
  const again = useSignal(false)
  const page = useRef<HTMLElement>(null)
  const row = averages.shown.value
  // Keys are not to act on the canvas behind, also when the button that was pressed has gone.
  useLayoutEffect(() => {
    const focused = document.activeElement
    if (!focused || focused === document.body || focused.id === 'stage') page.current?.focus()
  }, [row?.number, row?.job.status])
  const close = (): void => {
    averages.open.value = false
    leave()
  }
  return (
    <section
      ref={page}
      tabIndex={-1}
      class="averages"
      aria-label="Averages"
      data-testid="averages"
      onKeyDown={event => {
        if (event.key === 'Escape') close()
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) event.stopPropagation()
      }}
    >
      <AveragesBar desk={desk} close={close} />
      <Body
        desk={desk}
        again={again}
        close={() => {
          if (gallery.seen && gallery.shownClass.peek()) gallery.toggle()
          else close()
        }}
      />
    </section>
  )
}

interface BodyProps {
  desk: Desk
  again: Signal<boolean>
  close: () => void
}

function Body({ desk, again, close }: BodyProps): JSX.Element {
  const { averages, state } = desk
  const commands = useMemo(() => new AveragesCommands(desk), [desk])
  const row = averages.shown.value
  const pictured = averages.pictured.value
  const other = averages.compared.value
  const mayEdit = state.mayEdit.value
  if (!row) return <NoAverages desk={desk} />
  return (
    <>
      {again.value && mayEdit && (
        <SortForm
          desk={desk}
          done={() => {
            again.value = false
          }}
        />
      )}
      {isRunning(row) && <Sorting desk={desk} row={row} />}
      {row.problem && <ErrorNote>{row.problem}</ErrorNote>}
      {endText(row) && <p class="averages-note panel-note">{endText(row)}</p>}
      {pictured && other ? (
        <Pairs
          project={desk.id}
          pictured={pictured}
          order={averages.order.value}
          other={other}
          beside={averages.beside.value}
        />
      ) : (
        pictured && <ClassGrid averages={averages} commands={commands} pictured={pictured} close={close} />
      )}
      {!isRunning(row) && <AveragesFoot desk={desk} commands={commands} row={row} again={again} />}
    </>
  )
}

function NoAverages({ desk }: { desk: Desk }): JSX.Element {
  const { averages, state } = desk
  if (averages.problem.value)
    return (
      <div class="averages-none">
        <ErrorNote>{averages.problem.value}</ErrorNote>
        <Button onClick={() => void averages.refresh()}>Try again</Button>
      </div>
    )
  if (!averages.loaded.value) return <div class="averages-none" aria-busy="true" />
  return (
    <div class="averages-none">
      <Empty title="No averages yet">
        <p>
          Picks that look alike are sorted into classes and averaged: the noise fades, and you see what was
          picked. Accept the classes that show particles and reject the others. One key judges hundreds of
          picks, and the next training learns from them.
        </p>
        {state.mayEdit.value ? (
          <SortForm desk={desk} done={() => undefined} />
        ) : (
          <p class="hint">{state.locked.value}</p>
        )}
      </Empty>
    </div>
  )
}
