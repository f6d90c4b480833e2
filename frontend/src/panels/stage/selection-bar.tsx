import type { JSX } from 'preact'
import type { Commands } from '../../desk/commands'
import type { Desk } from '../../desk/desk'
import type { Target } from '../../model/marks/hit'
import { LABEL_KINDS } from '../../model/marks/mark'
import { countSorts, type Sort } from '../../model/marks/selection'
import { plural } from '../kit/format'
import { Glyph } from '../kit/icons'
import { Button, IconButton } from '../kit/ui'
import { describe } from './describe'

interface Props {
  desk: Pick<Desk, 'selection' | 'state' | 'tool'>
  commands: Commands
}

/** What is selected, in words, with what can be done to it. */
export function SelectionBar({ desk, commands }: Props): JSX.Element | null {
  const targets = desk.selection.targets.value
  const only = desk.selection.only.value
  if (targets.length === 0) return null
  return (
    <section class="selection" aria-label="Selection" data-testid="selection">
      {only ? <span>{describe(only, desk.state)}</span> : <Counts targets={targets} />}
      {desk.state.mayEdit.value && <Actions targets={targets} commands={commands} />}
      {desk.state.mayEdit.value && only?.type === 'region' && <EditCorners desk={desk} commands={commands} />}
      <IconButton icon="close" label="Clear selection (Esc)" onClick={() => desk.selection.clear()} />
    </section>
  )
}

function Actions({ targets, commands }: { targets: readonly Target[]; commands: Commands }): JSX.Element {
  const picks = targets.some(target => target.type === 'pick' || target.type === 'verdict')
  const points = targets.some(target => target.type !== 'region')
  return (
    <>
      {picks && (
        <>
          <Button icon="check" onClick={() => commands.judge('accept')} data-testid="accept">
            Accept <kbd>A</kbd>
          </Button>
          <Button icon="close" onClick={() => commands.judge('reject')} data-testid="reject">
            Reject <kbd>R</kbd>
          </Button>
        </>
      )}
      {points && <Kinds commands={commands} />}
      {points && (
        <IconButton
          icon="target"
          label="Centre on what is in the box (X)"
          onClick={() => void commands.snap()}
        />
      )}
      {targets.some(target => target.type !== 'pick') && (
        <Button icon="trash" onClick={() => commands.erase()} data-testid="erase-selected">
          Erase <kbd>Del</kbd>
        </Button>
      )}
    </>
  )
}

function EditCorners({ desk, commands }: Props): JSX.Element {
  if (desk.tool.value === 'move') return <span class="text-faint">Drag a corner or an edge</span>
  return (
    <Button icon="move" onClick={() => commands.choose('move')} data-testid="edit-corners">
      Corners <kbd>M</kbd>
    </Button>
  )
}

function Kinds({ commands }: { commands: Commands }): JSX.Element {
  return (
    <fieldset class="kinds" aria-label="Change the kind">
      {LABEL_KINDS.map(kind => {
        const title = `Make ${kind} (Shift ${kind[0]?.toUpperCase()})`
        return (
          <button
            key={kind}
            type="button"
            class="icon-button"
            title={title}
            aria-label={title}
            onClick={() => commands.makeKind(kind)}
            data-testid={`make-${kind}`}
          >
            <Glyph kind={kind} />
          </button>
        )
      })}
    </fieldset>
  )
}

const SORTS: Record<Sort, (n: number) => string> = {
  pick: n => plural(n, 'pick'),
  accepted: n => `${n} accepted`,
  rejected: n => `${n} rejected`,
  particle: n => plural(n, 'particle'),
  background: n => `${n} background`,
  contamination: n => `${n} contamination`,
  region: n => plural(n, 'region'),
}

function Counts({ targets }: { targets: readonly Target[] }): JSX.Element {
  const counts = countSorts(targets)
  const sorts = (Object.keys(SORTS) as Sort[]).filter(sort => counts.has(sort))
  return (
    <span class="selection-counts" data-testid="selection-counts">
      {sorts.map(sort => (
        <span key={sort}>{SORTS[sort](counts.get(sort) ?? 0)}</span>
      ))}
    </span>
  )
}
