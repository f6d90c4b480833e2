import { expect, test } from 'vitest'
import { classPicture } from '../../../src/panels/averages/class-picture'
import { averageClass } from '../../make'

const classes = Array.from({ length: 12 }, (_, i) => averageClass({ number: i + 1 }))

test('an average is taken from its place in the picture', () => {
  const at = (place: number) => classPicture({ columns: 10, classes }, 'a.png', place)
  expect(at(0)).toEqual({
    backgroundImage: 'url("a.png")',
    backgroundSize: '1000% 200%',
    backgroundPosition: '0% 0%',
  })
  expect(at(11).backgroundPosition).toBe(`${100 / 9}% 100%`)
})

test('one row of averages, and one of them alone, are taken from the top', () => {
  const one = { columns: 1, classes: classes.slice(0, 1) }
  expect(classPicture(one, 'a.png', 0).backgroundPosition).toBe('0% 0%')
  expect(classPicture({ columns: 10, classes: classes.slice(0, 3) }, 'a.png', 2).backgroundPosition).toBe(
    `${200 / 9}% 0%`,
  )
})
