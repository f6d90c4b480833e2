import { PointGrid } from '../../geometry/grid'
import type { Source } from '../../wire'
import { type MarksOf, placeOf } from '../marks/mark'
import { type FinalPick, NEAR } from '../picks/final'
import type { PickBlock } from '../picks/picks'

/** Whether a source's picks are not of the project's networks, which a training or the first guess are. */
export function isOther({ kind }: Pick<Source, 'kind'>): boolean {
  return kind !== 'training' && kind !== 'first_guess'
}

/** A pick of a source that is not of the project's networks. It counts once somebody accepts it. */
export interface SourcePick {
  readonly x: number
  readonly y: number
  /** Those of the networks: none. */
  readonly particleScore: null
  readonly contaminationScore: null
  readonly source: 'imported'
  /** Id of the source. */
  readonly of: number
  /** In the source's own units; null where it has none. */
  readonly score: number | null
}

/** What stands on a micrograph: picks that count, and picks of other sources. */
export type ShownPick = FinalPick | SourcePick

/** Whether it is a program's word alone, on which people can give theirs. */
export function isProposed({ source }: ShownPick): boolean {
  return source === 'network' || source === 'imported'
}

/** The picks of a block that reach the source's threshold, less those near which somebody judged a pick. */
export function sourcePicks(
  source: Source,
  block: PickBlock,
  verdicts: MarksOf['verdicts'],
  diameter: number,
): SourcePick[] {
  const judged = new PointGrid(NEAR * diameter)
  for (const verdict of verdicts) {
    judged.add(0, verdict.x, verdict.y)
    const { x, y } = placeOf(verdict)
    if (verdict.to) judged.add(0, x, y)
  }
  const least = source.threshold ?? -Infinity
  const scored = source.threshold !== null
  const result: SourcePick[] = []
  for (let i = 0; i < block.count; i++) {
    const score = block.particleScore(i)
    if (score < least) continue
    const [x, y] = [block.x(i), block.y(i)]
    if (judged.any(x, y)) continue
    result.push({
      x,
      y,
      particleScore: null,
      contaminationScore: null,
      source: 'imported',
      of: source.id,
      score: scored ? score : null,
    })
  }
  return result
}
