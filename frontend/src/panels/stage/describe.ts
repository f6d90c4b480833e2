import type { Target } from '../../model/marks/hit'
import type { ProjectState } from '../../model/project'
import type { SourcePick } from '../../model/sources/source-pick'
import { VERDICTS } from '../../model/undo/step-words'

/** What a target is, whose it is, and who changed it last. */
export function describe(target: Target, state: ProjectState): string {
  if (target.type === 'pick') {
    const { particleScore, contaminationScore } = target.pick
    if (target.pick.source === 'imported') return describeOther(target.pick, state)
    return `Pick · particle ${score(particleScore)} · contamination ${score(contaminationScore)}`
  }
  const { author, changedBy } = target.mark
  const since = changedBy === null ? '' : `, changed by ${state.name(changedBy)}`
  return `${nameOf(target)} by ${state.name(author)}${since}`
}

function nameOf(target: Exclude<Target, { type: 'pick' }>): string {
  if (target.type === 'verdict') return capital(VERDICTS[target.mark.kind])
  if (target.type === 'region') return 'Contamination region'
  return capital(target.mark.kind)
}

function capital(word: string): string {
  return `${word[0]?.toUpperCase()}${word.slice(1)}`
}

function describeOther(pick: SourcePick, state: ProjectState): string {
  const name = state.sources.value.find(({ id }) => id === pick.of)?.name ?? 'another source'
  return pick.score === null ? `Pick of ${name}` : `Pick of ${name} · score ${pick.score.toPrecision(3)}`
}

function score(value: number | null): string {
  return value === null ? '–' : value.toFixed(2)
}
