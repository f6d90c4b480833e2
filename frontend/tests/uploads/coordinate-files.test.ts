import { expect, test } from 'vitest'
import { coordinateFiles, parts } from '../../src/uploads/coordinate-files'

const chosen = (name: string, size = 10) => {
  const file = new File(['x'], name)
  Object.defineProperty(file, 'size', { value: size })
  return { file, folder: '' }
}

test('files that may hold coordinates are told by their endings, in either case', () => {
  const names = ['a.box', 'B.STAR', 'c.mrc', '.hidden.star', 'd.cs', 'e.pdf', 'f.cbox']
  const found = coordinateFiles(names.map(name => chosen(name)))
  expect(found.map(({ file }) => file.name)).toEqual(['a.box', 'B.STAR', 'd.cs', 'f.cbox'])
})

test('a request carries a hundred files at most', () => {
  const files = Array.from({ length: 250 }, (_, i) => chosen(`${i}.box`))
  expect(parts(files).map(part => part.length)).toEqual([100, 100, 50])
})

test('a request carries 30 MiB at most, but for a file that is larger', () => {
  const [small, large] = [20 * 2 ** 20, 40 * 2 ** 20]
  const files = [chosen('a', small), chosen('b', small), chosen('c', large), chosen('d', 5)]
  expect(parts(files).map(part => part.map(({ file }) => file.name))).toEqual([['a'], ['b'], ['c'], ['d']])
})

test('no files make no parts', () => {
  expect(parts([])).toEqual([])
})
