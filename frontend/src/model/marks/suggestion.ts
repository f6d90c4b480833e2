import { distance, type Point } from '../../geometry/point'
import { contains } from '../../geometry/polygon'
import type { Person, Suggestion } from '../../wire'
import { NEAR } from '../picks/final'
import { type Mark, type MarksOf, placeOf } from './mark'

/** What people have already said of a place: a label or verdict on it, else a region around it. */
export function markAt(marks: MarksOf, place: Point, diameter: number): Mark | null {
  const near = (at: Point): boolean => distance(at, place) <= NEAR * diameter
  return (
    marks.labels.find(near) ??
    marks.verdicts.find(verdict => near(placeOf(verdict))) ??
    marks.regions.find(region => contains(region.polygon, place.x, place.y)) ??
    null
  )
}

/** The same places from another start for each person who is here, so that two do not answer the same ones. */
export function startingAt(
  places: readonly Suggestion[],
  people: readonly Person[],
  you: number,
): Suggestion[] {
  const ids = [...new Set([...people.map(person => person.id), you])].sort((a, b) => a - b)
  const start = Math.floor((places.length * ids.indexOf(you)) / ids.length)
  return [...places.slice(start), ...places.slice(0, start)]
}
