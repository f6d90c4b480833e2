import { expect, test } from 'vitest'
import { axes } from '../../../src/panels/trainings/diameter-plot'

test('sizes lie on a logarithmic axis in Å, with round numbers that are on it', () => {
  const [x] = axes(55, 596, 0.3)
  expect(x).toMatchObject({ title: 'Particle diameter, Å', from: 55, to: 596, log: true })
  expect(x.ticks).toEqual([100, 200, 400])
})

test('the likelihood axis ends at a round number above the curve', () => {
  expect(axes(55, 596, 0.31)[1]).toMatchObject({ from: 0, to: 0.4, ticks: [0, 0.4] })
  expect(axes(55, 596, 0.01)[1].to).toBe(0.1)
})
