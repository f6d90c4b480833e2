import { describe, expect, test } from 'vitest'
import {
  belowCommonFolder,
  type ChosenFile,
  COMPANION,
  fromDrop,
  fromInput,
  joined,
  OTHER_KIND,
  pathOf,
  sortOut,
  UNREADABLE,
} from '../../src/uploads/chosen'

const EXTENSIONS = ['.mrc', '.tif', '.jpg']

function chosen(path: string): ChosenFile {
  const parts = path.split('/')
  return { file: new File(['x'], parts.pop() ?? ''), folder: parts.join('/') }
}

const sorted = (...paths: string[]) => sortOut(paths.map(chosen), EXTENSIONS)
const paths = (files: readonly ChosenFile[]): string[] => files.map(pathOf)

describe('sorting out', () => {
  test('micrographs come in the order of their numbers, folder by folder', () => {
    const { files } = sorted('raw/mic_10.mrc', 'raw/mic_2.mrc', 'mic_3.TIF')
    expect(paths(files)).toEqual(['mic_3.TIF', 'raw/mic_2.mrc', 'raw/mic_10.mrc'])
  })

  test('names that begin with a dot are skipped', () => {
    expect(sorted('._mic.mrc', '.cache/mic.mrc', 'raw/.mic.mrc.Xa1b2')).toEqual({
      files: [],
      leftOut: new Map(),
    })
  })

  test('what is of another kind is named', () => {
    expect(sorted('raw/notes.txt', 'mic.mrc').leftOut).toEqual(new Map([[OTHER_KIND, ['raw/notes.txt']]]))
  })

  test('a picture beside its micrograph is left out; one in another folder is not', () => {
    const { files, leftOut } = sorted('raw/mic.jpg', 'raw/mic.mrc', 'other/mic.jpg')
    expect(paths(files)).toEqual(['other/mic.jpg', 'raw/mic.mrc'])
    expect(leftOut).toEqual(new Map([[COMPANION, ['raw/mic.jpg']]]))
  })

  test('two files of one path are both taken: their content will tell', () => {
    expect(sorted('mic.mrc', 'mic.mrc').files).toHaveLength(2)
  })
})

describe('dropping', () => {
  const file = (fullPath: string) => ({
    name: fullPath.split('/').at(-1) ?? '',
    fullPath,
    isFile: true,
    file: (done: (file: File) => void) => done(new File(['x'], fullPath.split('/').at(-1) ?? '')),
  })
  const folder = (fullPath: string, batches: object[][]) => ({
    name: fullPath.slice(1),
    fullPath,
    isFile: false,
    createReader: () => ({
      readEntries: (done: (entries: object[]) => void) => done(batches.shift() ?? []),
    }),
  })
  const drop = (...entries: object[]) =>
    fromDrop(entries.map(entry => ({ webkitGetAsEntry: () => entry }) as unknown as DataTransferItem))

  test('folders are walked to the end, and files know where they lay', async () => {
    const batches = [[file('/raw/a.mrc')], [folder('/raw/g1', [[file('/raw/g1/a.mrc')]])]]
    const { files } = await drop(file('/b.mrc'), folder('/raw', batches))
    expect(paths(files)).toEqual(['b.mrc', 'raw/a.mrc', 'raw/g1/a.mrc'])
  })

  test('what the browser may not read is named', async () => {
    const refused = {
      ...file('/raw/a.mrc'),
      file: (_: unknown, fail: (error: DOMException) => void) => fail(new DOMException('no')),
    }
    expect((await drop(refused, file('/b.mrc'))).leftOut).toEqual(new Map([[UNREADABLE, ['raw/a.mrc']]]))
  })

  test('files are taken where the browser has no entry for them', async () => {
    const item = { webkitGetAsEntry: () => null, getAsFile: () => new File(['x'], 'a.mrc') }
    expect(paths((await fromDrop([item as unknown as DataTransferItem])).files)).toEqual(['a.mrc'])
  })

  test('hidden folders are not looked into', async () => {
    expect((await drop({ ...folder('/.git', []), createReader: undefined })).files).toEqual([])
  })
})

test('a chosen folder tells where its files lay', () => {
  const inFolder = Object.assign(new File(['x'], 'a.mrc'), { webkitRelativePath: 'raw/g1/a.mrc' })
  const alone = Object.assign(new File(['x'], 'b.mrc'), { webkitRelativePath: '' })
  expect(paths(fromInput([inFolder, alone]))).toEqual(['raw/g1/a.mrc', 'b.mrc'])
})

test('reasons are joined, and those that concern nothing are dropped', () => {
  const one = new Map([['a', ['1']]])
  expect(joined(one, new Map(Object.entries({ a: ['2'], b: [] })))).toEqual(new Map([['a', ['1', '2']]]))
})

test('paths are shown below the folder they share', () => {
  expect(belowCommonFolder(['s/raw/g1/a.mrc', 's/raw/g2/a.mrc'])).toEqual(['g1/a.mrc', 'g2/a.mrc'])
  expect(belowCommonFolder(['s/raw/a.mrc'])).toEqual(['a.mrc'])
  expect(belowCommonFolder([])).toEqual([])
})
