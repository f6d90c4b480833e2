import { type ClassTally, partly } from '../../model/averages/tally'
import type { ProjectState } from '../../model/project'
import type { AverageClass, Averages } from '../../wire'
import { inFull, plural, shortTime } from '../kit/format'

/** "2 · training 3 · 12:40 · 412 picks", "… of 1 micrograph". */
export function nameOf({ number, training, source_name, created_at, picks, micrographs }: Averages): string {
  const from = training === null ? source_name : `training ${training}`
  const part = micrographs === null ? '' : ` of ${plural(micrographs, 'micrograph')}`
  return `${number} · ${from} · ${shortTime(created_at)} · ${plural(picks, 'pick')}${part}`
}

/** What is to be known of how they ended: what was left out, or that they are not the last there could be. */
export function endText({ job }: Averages): string {
  if (job.status === 'cancelled') return 'Cancelled: the averages are as the last round left them.'
  return job.status === 'finished' ? job.message : ''
}

/** "12.3 Å"; empty where halves of the class do not agree. */
export function resolutionOf({ resolution }: AverageClass): string {
  return resolution === null ? '' : `${resolution.toFixed(1)} Å`
}

export function scoreText(score: number | null): string {
  return score === null ? '–' : score.toFixed(2)
}

/** All that is known of a class, for screen readers and as a tooltip. */
export function describeClass(of: AverageClass, tally: ClassTally | null, judged: string): string {
  const parts = [
    `Class ${of.number}${judged && `, ${judged}`}: ${plural(of.count, 'pick')}`,
    of.resolution !== null && `resolution ${resolutionOf(of)}`,
    of.particle_score !== null && `mean particle score ${scoreText(of.particle_score)}`,
    of.contamination_score !== null && `mean contamination score ${scoreText(of.contamination_score)}`,
    tally && partly(tally),
  ]
  return parts.filter(Boolean).join(', ')
}

/** Who sorted them, and when. */
export function madeBy(state: ProjectState, { created_by, created_at }: Averages): string {
  return `Sorted by ${state.name(created_by)}, ${shortTime(created_at)}`
}

/** "4,812 picks", or "20,000 of 31,204 picks, drawn at random". */
export function picksOf({ picks, of }: Averages): string {
  return of > picks ? `${inFull(picks)} of ${plural(of, 'pick')}, drawn at random` : plural(picks, 'pick')
}
