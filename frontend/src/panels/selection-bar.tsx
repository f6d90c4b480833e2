import type { JSX } from 'preact'
import type { Commands } from '../desk/commands'
import type { Desk } from '../desk/desk'
import type { Target } from '../model/hit'
import { Button } from './ui'

/** What is selected, in words, with what can be done to it. */
export function SelectionBar({ desk, commands }: { desk: Desk; commands: Commands }): JSX.Element | null {
  const target = desk.selected.value
  if (!target) return null
  const isPick = target.type === 'pick' || target.type === 'verdict'
  return (
    <section class="selection" aria-label="Selection" data-testid="selection">
      <span>{describe(target, desk)}</span>
      {desk.state.mayEdit.value && (
        <>
          {isPick && (
            <>
              <Button icon="check" onClick={() => commands.judge('accept')} data-testid="accept">
                Accept <kbd>A</kbd>
              </Button>
              <Button icon="close" onClick={() => commands.judge('reject')} data-testid="reject">
                Reject <kbd>R</kbd>
              </Button>
            </>
          )}
          {target.type !== 'pick' && (
            <Button icon="trash" onClick={() => commands.erase()} data-testid="erase-selected">
              Erase <kbd>Del</kbd>
            </Button>
          )}
        </>
      )}
    </section>
  )
}

const VERDICTS = { accept: 'Accepted', reject: 'Rejected', move: 'Moved' } as const

function describe(target: Target, desk: Desk): string {
  if (target.type === 'pick') {
    const { particleScore, contaminationScore } = target.pick
    return `Pick · particle ${score(particleScore)} · contamination ${score(contaminationScore)}`
  }
  const by = desk.state.name(target.mark.author)
  if (target.type === 'verdict') return `${VERDICTS[target.mark.kind]} by ${by}`
  if (target.type === 'region') return `Contamination region by ${by}`
  return `${target.mark.kind[0]?.toUpperCase()}${target.mark.kind.slice(1)} by ${by}`
}

function score(value: number | null): string {
  return value === null ? '–' : value.toFixed(2)
}
