/** The 95 % confidence interval of a figure. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** A fraction found in a sample, with its confidence interval. */
export interface Figure extends Interval {
  readonly value: number
  /** How many answers it rests on. */
  readonly of: number
}

/** Of the normal distribution, for 95 %. */
export const CONFIDENT = 1.959964
/** An interval wider than this is too uncertain to print the figure. */
const WIDE = 0.3

/**
 * Wilson's interval of a share of `of` answers, from 0 to 1 where there are none: E. B. Wilson, J. Am. Stat. Assoc.
 * 22 (1927) 209, advised for few answers by Brown, Cai and DasGupta, Statist. Sci. 16 (2001) 101.
 */
export function share(value: number, of: number): Figure {
  if (of === 0) return { value, of, low: 0, high: 1 }
  const z2 = CONFIDENT ** 2
  const middle = (value + z2 / (2 * of)) / (1 + z2 / of)
  const half = (CONFIDENT / (1 + z2 / of)) * Math.sqrt((value * (1 - value)) / of + z2 / (4 * of ** 2))
  return { value, of, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/**
 * F1 of `right` among `found` picks and `wanted` particles. F1 = 2 J / (1 + J), where J is the share of right ones
 * among all that are found or wanted: its interval is that of J (K. F. Y. Lam, arXiv:2309.14621, Wilson indirect).
 */
export function f1Score(right: number, found: number, wanted: number): Figure {
  const all = found + wanted - right
  const { value, of, low, high } = share(all === 0 ? 0 : right / all, all)
  return { value: f1Of(value), of, low: f1Of(low), high: f1Of(high) }
}

/** Cohen's kappa of kinds: the interval is that of the share that agrees, with the agreement by chance as known. */
export function kappaOf(pair: {
  readonly kinds_matched: number
  readonly kinds_agreed: number
  readonly kinds_by_chance: number
}): Figure {
  const { kinds_matched: of, kinds_agreed: agreed, kinds_by_chance: chance } = pair
  const beyond = (found: number): number => (found - chance) / (1 - chance)
  const { value, low, high } = share(of === 0 ? 0 : agreed / of, of)
  return { value: beyond(value), of, low: beyond(low), high: beyond(high) }
}

/** The best F1 of a curve, of which only the number of wanted particles is known: at least so many answers. */
export function bestF1(f1: number, wanted: number): Figure {
  const { of, low, high } = share(f1 / (2 - f1), wanted)
  return { value: f1, of, low: f1Of(low), high: f1Of(high) }
}

function f1Of(jaccard: number): number {
  return (2 * jaccard) / (1 + jaccard)
}

/** Whether a figure rests on too few answers to be printed as if it were known. */
export function isWide({ low, high }: Interval): boolean {
  return high - low > WIDE
}

/** Whether one is better than the other for sure: their intervals do not overlap. */
export function isBetter(a: Interval, b: Interval): boolean {
  return a.low > b.high
}

/** 0.44–1.00 */
export function rangeText({ low, high }: Interval): string {
  return `${low.toFixed(2)}–${high.toFixed(2)}`
}

/** 0.93 (0.85–0.97), or "too few to say". */
export function figureText(figure: Figure): string {
  const said = isWide(figure) ? 'too few to say' : figure.value.toFixed(2)
  return `${said} (${rangeText(figure)})`
}
