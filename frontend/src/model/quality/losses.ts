import type { Training } from '../../wire'

export type LossPoint = Training['losses'][number]
export type NetworkName = LossPoint[0]

type Column = (number | null)[]

/** Steps and the loss of each network at them, as columns; null where a network has none at a step. */
export function lossTable(
  losses: readonly LossPoint[],
): [steps: number[], particle: Column, contamination: Column] {
  const rows = new Map<number, [number | null, number | null]>()
  for (const [network, step, loss] of losses) {
    const row = rows.get(step) ?? [null, null]
    row[network === 'particle' ? 0 : 1] = loss
    rows.set(step, row)
  }
  const steps = [...rows.keys()].sort((a, b) => a - b)
  const column = (i: 0 | 1): Column => steps.map(step => rows.get(step)?.[i] ?? null)
  return [steps, column(0), column(1)]
}
