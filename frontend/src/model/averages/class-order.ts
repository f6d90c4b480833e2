import type { AverageClass } from '../../wire'

export type ClassSort = 'count' | 'resolution' | 'particle' | 'contamination'

export const VALUES: Record<ClassSort, (each: AverageClass) => number | null> = {
  count: ({ count }) => count,
  resolution: ({ resolution }) => resolution,
  particle: ({ particle_score }) => particle_score,
  contamination: ({ contamination_score }) => contamination_score,
}

export interface ClassOrder {
  readonly sort: ClassSort
  readonly descending: boolean
}

/** Places of the classes in the order wanted, equals as they were; those without the value come last either way. */
export function orderOf(classes: readonly AverageClass[], { sort, descending }: ClassOrder): number[] {
  const values = classes.map(VALUES[sort])
  const sign = descending ? -1 : 1
  return classes
    .map((_, place) => place)
    .sort((a, b) => {
      const [first, second] = [values[a] ?? null, values[b] ?? null]
      if (first === null || second === null) return Number(first === null) - Number(second === null) || a - b
      return sign * (first - second) || a - b
    })
}
