import { expect, test } from 'vitest'
import { coordinateFiles, parts, tooLarge } from '../../src/uploads/coordinate-files'

const MOST = 32 * 2 ** 20

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
  expect(parts(files, MOST).map(part => part.length)).toEqual([100, 100, 50])
})

test('a request carries no more bytes than the server takes', () => {
  const files = [chosen('a', 20), chosen('b', 20), chosen('c', 32), chosen('d', 5)]
  expect(parts(files, 32).map(part => part.map(({ file }) => file.name))).toEqual([
    ['a'],
    ['b'],
    ['c'],
    ['d'],
  ])
})

test('no files make no parts', () => {
  expect(parts([], MOST)).toEqual([])
})

test('a file that fits into no request is named with the command that takes it', () => {
  const files = [chosen('a.box'), chosen('my particles.star', MOST + 1)]
  expect(tooLarge(7, files, MOST)).toBe(
    'my particles.star is larger than 32 MiB, the most that the page takes. Import it on the server, in CryoWeb’s ' +
      "folder: .venv/bin/python manage.py import_coordinates 7 'my particles.star' --as source NAME",
  )
  expect(tooLarge(7, [chosen('a.star', MOST)], MOST)).toBeNull()
})
