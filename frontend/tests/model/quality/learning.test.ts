import { describe, expect, test } from 'vitest'
import { advice, type Lesson, lessons } from '../../../src/model/quality/learning'
import { training } from '../../make'

const series = (...rows: [labels: number, averagePrecision: number][]): Lesson[] =>
  rows.map(([labels, averagePrecision], i) => ({
    version: i + 1,
    labels,
    averagePrecision,
    range: { low: 0, high: 1 },
    bestF1: averagePrecision,
    heldOut: Math.round(labels / 5),
  }))

describe('lessons', () => {
  test('leave out adopted networks and trainings without figures, and go by the number of labels', () => {
    const found = lessons([
      training({ version: 1, labels: { particle: 40, background: 40, contamination: 0 } }),
      training({ version: 2 }),
      training({ version: 3, validation: { reason: 'too few' } }),
      training({ version: 4, origin: { project: 'other', training: 1 } }),
    ])
    expect(found.map(({ version, labels }) => [version, labels])).toEqual([
      [2, 30],
      [1, 80],
    ])
  })
})

describe('advice', () => {
  test('waits for three trainings whose labels grew by half', () => {
    expect(advice(series([20, 0.5], [40, 0.7])).advice).toBe('early')
    expect(advice(series([20, 0.5], [22, 0.6], [24, 0.7])).advice).toBe('early')
    expect(advice([]).advice).toBe('early')
  })

  test('a clear rise says that more labels would help, and by how much for twice as many', () => {
    const { advice: said, gain } = advice(series([100, 0.6], [200, 0.7], [400, 0.8]))
    expect(said).toBe('helps')
    expect(gain).toBeCloseTo(0.1)
  })

  test('a rise that is less than its 95 % interval is not called one', () => {
    const { advice: said, gain, error } = advice(series([100, 0.82], [150, 0.86], [200, 0.88]))
    expect([said, gain > 0.05, error > gain]).toEqual(['unclear', true, true])
  })

  test('a flat line of many labels says that they would hardly help', () => {
    expect(advice(series([200, 0.9], [800, 0.9], [3200, 0.9])).advice).toBe('hardly')
  })

  test('a flat line of few labels cannot tell', () => {
    expect(advice(series([20, 0.9], [30, 0.9], [40, 0.9])).advice).toBe('unclear')
  })

  test('a rise within the scatter cannot tell', () => {
    expect(advice(series([100, 0.6], [150, 0.9], [200, 0.62])).advice).toBe('unclear')
  })
})
