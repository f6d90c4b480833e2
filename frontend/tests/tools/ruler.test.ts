import { expect, test } from 'vitest'
import { RulerTool } from '../../src/tools/ruler'
import { FakeHand } from './hand'

const at = (x: number, y: number) => ({ x, y })

test('a drag leaves a line that stays after the release', () => {
  const ruler = new RulerTool(() => new FakeHand())
  ruler.down(at(10, 20))
  ruler.move(at(30, 40))
  ruler.up(at(50, 60))
  ruler.move(at(70, 80))
  expect(ruler.preview).toEqual({ ruler: { from: at(10, 20), to: at(50, 60) } })
})

test('a click takes the line away', () => {
  const ruler = new RulerTool(() => new FakeHand())
  ruler.down(at(10, 20))
  ruler.up(at(50, 60))
  ruler.down(at(100, 100))
  ruler.up(at(101, 100))
  expect(ruler.preview).toBeNull()
})
