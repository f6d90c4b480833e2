import { describe, expect, test } from 'vitest'
import cases from '../../../tests/data/chosen_files.json'
import {
  belowCommonFolder,
  type ChosenFile,
  fromDrop,
  fromInput,
  joined,
  pathOf,
  sortOut,
  UNREADABLE,
} from '../../src/uploads/chosen'

const KINDS = {
  extensions: { value: ['.mrc', '.mrcs', '.mrc.gz', '.tif', '.png', '.jpg'] },
  otherKinds: { value: Object.fromEntries(['.eer', '.mdoc', '.dm4', '.star'].map(each => [each, each])) },
}

function chosen(path: string): ChosenFile {
  const parts = path.split('/')
  return { file: new File(['x'], parts.pop() ?? ''), folder: parts.join('/') }
}

const sorted = (...paths: string[]) => sortOut(paths.map(chosen), KINDS)
const paths = (files: readonly ChosenFile[]): string[] => files.map(pathOf)

describe('sorting out', () => {
  test.each(cases)('$name', each => {
    const { files, leftOut } = sorted(...each.files)
    expect([...paths(files)].sort()).toEqual([...each.micrographs].sort())
    const inOrder = (told: Iterable<[string, readonly string[]]>): Map<string, string[]> =>
      new Map([...told].map(([reason, names]) => [reason, [...names].sort()]))
    expect(inOrder(leftOut)).toEqual(inOrder(Object.entries(each.left_out)))
  })

  test('micrographs come in the order of their numbers, folder by folder', () => {
    const { files } = sorted('raw/mic_10.mrc', 'raw/mic_2.mrc', 'mic_3.TIF')
    expect(paths(files)).toEqual(['mic_3.TIF', 'raw/mic_2.mrc', 'raw/mic_10.mrc'])
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
