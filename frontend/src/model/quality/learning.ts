import type { Training } from '../../wire'
import { CONFIDENT, type Interval } from './interval'
import { averagePrecisionOf, figuresOf } from './validation'

/** One validated training: how many labels it had, and its figures. */
export interface Lesson {
  readonly version: number
  readonly labels: number
  readonly averagePrecision: number
  /** 95 % confidence interval of average precision. */
  readonly range: Interval
  readonly bestF1: number
  /** How many labels were held out. */
  readonly heldOut: number
}

export type Advice = 'helps' | 'hardly' | 'unclear' | 'early'

/** Fewest validated trainings, and least growth of the labels over them, that a line is drawn through. */
export const LEAST_LESSONS = 3
export const LEAST_GROWTH = 1.5
/** Gain in average precision that is worth doubling the labels. */
const WORTH = 0.01
/** Standard deviation of one answer where nine in ten are right: a share of n answers has 0.3 / √n. */
const ONE_ANSWER = 0.3

/** The validated trainings of a project, fewest labels first. Adopted networks learnt from other labels. */
export function lessons(trainings: readonly Training[]): Lesson[] {
  return trainings
    .flatMap(training => {
      const figures = training.origin ? null : figuresOf(training)
      if (!figures) return []
      const labels = Object.values(training.labels).reduce((sum, n) => sum + n, 0)
      const { average_precision: averagePrecision, best_f1: bestF1 } = figures
      const heldOut = figures.particles + figures.others
      const range = averagePrecisionOf(figures)
      return [{ version: training.version, labels, averagePrecision, range, bestF1, heldOut }]
    })
    .sort((a, b) => a.labels - b.labels || a.version - b.version)
}

/**
 * Whether more labels would help, by docs/decisions/0016-validation.md: a straight line through average precision
 * against the logarithm of the number of labels says what twice the labels would bring. `gain` is of that doubling;
 * with 95 % confidence it lies within `error` of what it really is (0038-intervals.md).
 */
export function advice(rows: readonly Lesson[]): { advice: Advice; gain: number; error: number } {
  const least = rows[0]?.labels ?? 0
  const most = rows.at(-1)?.labels ?? 0
  if (rows.length < LEAST_LESSONS || most < LEAST_GROWTH * least)
    return { advice: 'early', gain: 0, error: 0 }
  const x = rows.map(row => Math.log2(row.labels))
  const y = rows.map(row => row.averagePrecision)
  const [meanX, meanY] = [mean(x), mean(y)]
  const wide = sum(x.map(value => (value - meanX) ** 2))
  const gain = sum(x.map((value, i) => (value - meanX) * ((y[i] as number) - meanY))) / wide
  const misses = y.map((value, i) => value - meanY - gain * ((x[i] as number) - meanX))
  const leastScatter = ONE_ANSWER / Math.sqrt(rows.at(-1)?.heldOut ?? 1)
  const scatter = Math.max(leastScatter, Math.sqrt(sum(misses.map(miss => miss ** 2)) / (rows.length - 2)))
  const error = (CONFIDENT * scatter) / Math.sqrt(wide)
  if (gain > WORTH && gain > error) return { advice: 'helps', gain, error }
  return { advice: gain + error < 2 * WORTH ? 'hardly' : 'unclear', gain, error }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length
}
