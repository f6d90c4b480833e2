import type { Point } from '../geometry/point'
import type { Centres, CentresAsked } from '../wire'
import { requestJson } from './client'

/** For each place on a micrograph, the centre of the blob in the box around it. */
export async function findCentres(micrograph: number, places: readonly Point[]): Promise<Point[]> {
  const asked: CentresAsked = { points: places.map(({ x, y }) => [x, y]) }
  const answer = await requestJson<Centres>('POST', `/api/v1/micrographs/${micrograph}/centres`, {
    json: asked,
  })
  return answer.points.map(([x, y]) => ({ x, y }))
}
