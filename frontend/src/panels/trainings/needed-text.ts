import type { Tally } from '../../model/counts'

/** "To train: 3 of 5 particles, 0 of 5 background". */
export function neededText({ particle, accepted, background, rejected }: Tally, least: number): string {
  return `To train: ${particle + accepted} of ${least} particles, ${background + rejected} of ${least} background`
}
