import type { Figures, TrainingDetail } from '../../wire'
import type { Thresholds } from '../picks/final'
import { type Figure, isBetter } from './interval'
import { atThresholds, averagePrecisionOf, bestF1Of, figuresOf, type Measures } from './validation'

/** One figure by which trainings are compared; null of a training that was not judged. */
export type Comparison = readonly [name: string, of: (training: TrainingDetail) => Figure | null]

export function comparisons(thresholds: Thresholds): Comparison[] {
  const at = (key: keyof Measures) => (training: TrainingDetail) =>
    figuresOf(training) && atThresholds(training.held_out, thresholds)[key]
  const whole = (of: (figures: Figures) => Figure) => (training: TrainingDetail) => {
    const figures = figuresOf(training)
    return figures && of(figures)
  }
  return [
    ['Precision at the thresholds', at('precision')],
    ['Recall at the thresholds', at('recall')],
    ['F1 at the thresholds', at('f1')],
    ['Average precision', whole(averagePrecisionOf)],
    ['Best F1', whole(bestF1Of)],
  ]
}

/** Which of two trainings is better at what, in words: neither where their intervals overlap. */
export function verdict(
  by: readonly Comparison[],
  [a, b]: readonly [TrainingDetail, TrainingDetail],
): string {
  const said = [better(by, a, b), better(by, b, a)].filter(sentence => sentence !== '')
  if (said.length > 0) return `${said.join(' ')} The 95 % intervals do not overlap.`
  return 'The held-out labels do not show which is better: the 95 % intervals overlap.'
}

function better(by: readonly Comparison[], one: TrainingDetail, other: TrainingDetail): string {
  const names = by.flatMap(([name, of]) => {
    const [first, second] = [of(one), of(other)]
    return first && second && isBetter(first, second) ? [name] : []
  })
  return names.length > 0 ? `Version ${one.version} is better: ${names.join(', ')}.` : ''
}
