import { describe, expect, test } from 'vitest'
import { bestF1, f1Score, figureText, isBetter, isWide, share } from '../../../src/model/quality/interval'

const rounded = ({ low, high }: { low: number; high: number }): number[] =>
  [low, high].map(bound => Math.round(bound * 1e4) / 1e4)

describe('share', () => {
  // The last four are of R. G. Newcombe, Statist. Med. 17 (1998) 857, table I.
  test.each([
    [3, 3, [0.4385, 1]],
    [2, 3, [0.2077, 0.9385]],
    [81, 263, [0.2553, 0.3662]],
    [15, 148, [0.0624, 0.1605]],
    [0, 20, [0, 0.1611]],
    [1, 29, [0.0061, 0.1718]],
  ])('%d of %d', (right, of, expected) => {
    expect(rounded(share(right / of, of))).toEqual(expected)
  })

  test('may be anything where nobody answered', () => {
    expect(share(0, 0)).toEqual({ value: 0, of: 0, low: 0, high: 1 })
  })
})

describe('F1', () => {
  test('is twice the right ones among all found and wanted, and its interval holds it', () => {
    const { value, low, high } = f1Score(40, 50, 60)
    expect(value).toBeCloseTo(80 / 110)
    expect([low < value, high > value, high - low < 0.25]).toEqual([true, true, true])
  })

  test('has the interval of the Jaccard index behind it', () => {
    const { low, high } = share(40 / 70, 70)
    const { low: least, high: most } = f1Score(40, 50, 60)
    expect([least, most]).toEqual([(2 * low) / (1 + low), (2 * high) / (1 + high)])
  })

  test('that is known alone is rather too unsure than too sure', () => {
    const [counted, alone] = [f1Score(40, 50, 60), bestF1(80 / 110, 60)]
    expect([alone.low < counted.low, alone.high > counted.high]).toEqual([true, true])
  })

  test('may be anything where nothing was found or wanted', () => {
    expect(f1Score(0, 0, 0)).toEqual({ value: 0, of: 0, low: 0, high: 1 })
  })
})

test('three of three are too few to say, and so are two of three; ten of ten are not', () => {
  expect([share(1, 3), share(2 / 3, 3), share(1, 10)].map(isWide)).toEqual([true, true, false])
  expect(figureText(share(1, 3))).toBe('too few to say (0.44–1.00)')
  expect(figureText(share(0.9, 100))).toBe('0.90 (0.83–0.94)')
})

test('of two whose intervals overlap neither is better', () => {
  const [poor, good] = [share(0.7, 30), share(0.9, 30)]
  expect([isBetter(good, poor), isBetter(poor, good)]).toEqual([false, false])
  expect([isBetter(share(0.9, 300), share(0.7, 300)), isBetter(poor, poor)]).toEqual([true, false])
})
