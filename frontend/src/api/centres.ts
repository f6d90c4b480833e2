import type { Point } from '../geometry/point'
import { requestJson } from './client'

/** For each place on a micrograph, the centre of the blob in the box around it. */
export async function findCentres(micrograph: number, places: readonly Point[]): Promise<Point[]> {
  const points = places.map(({ x, y }) => [x, y])
  const answer = await requestJson<{ points: [x: number, y: number][] }>(
    'POST',
    `/api/micrographs/${micrograph}/centres`,
    { json: { points } },
  )
  return answer.points.map(([x, y]) => ({ x, y }))
}
