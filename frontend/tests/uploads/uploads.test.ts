import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { UploadedFile } from '../../src/api/files'
import type { ChosenFile } from '../../src/uploads/chosen'
import { Uploads } from '../../src/uploads/uploads'

let begun: UploadedFile[]
let answers: (file: UploadedFile) => Response

const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status })
const taken = (file: UploadedFile): Response => json({ ...file, id: file.fingerprint, received: 0 }, 201)
const chosen = (path: string, content: string): ChosenFile => {
  const parts = path.split('/')
  return { file: new File([content], parts.pop() ?? ''), folder: parts.join('/') }
}

beforeEach(() => {
  begun = []
  answers = taken
  vi.stubGlobal('document', { cookie: '' })
  vi.stubGlobal('fetch', async (_url: string, { method, body }: RequestInit): Promise<Response> => {
    if (method === 'PATCH') return json({ received: (body as Blob).size })
    const file = JSON.parse(String(body)) as UploadedFile
    begun.push(file)
    return answers(file)
  })
})

afterEach(() => vi.unstubAllGlobals())

async function upload(...files: ChosenFile[]): Promise<Uploads> {
  const uploads = new Uploads(1)
  uploads.add({ files, leftOut: new Map() })
  const over = (): boolean => uploads.items.value.every(item => item.state === 'failed')
  await vi.waitUntil(over)
  return uploads
}

const begunPaths = (): string[] => begun.map(({ folder, name }) => `${folder}/${name}`)

test('files of one name and size in two folders are two uploads', async () => {
  const uploads = await upload(chosen('g1/a.mrc', 'one'), chosen('g2/a.mrc', 'two'))
  expect(begunPaths()).toEqual(['g1/a.mrc', 'g2/a.mrc'])
  expect(new Set(begun.map(file => file.fingerprint)).size).toBe(2)
  expect(uploads.items.value).toEqual([])
})

test('files of one name whose folders are not known are told apart by what they hold', async () => {
  await upload(chosen('a.mrc', 'one'), chosen('a.mrc', 'two'))
  expect(new Set(begun.map(file => file.fingerprint)).size).toBe(2)
})

test('the same file chosen twice is sent once', async () => {
  let letGo = (): void => undefined
  const held = new Promise<void>(done => {
    letGo = done
  })
  const before = fetch
  vi.stubGlobal('fetch', async (url: string, options: RequestInit) => {
    if (options.method === 'PATCH') await held
    return before(url, options)
  })
  const uploads = new Uploads(1)
  uploads.add({ files: [chosen('a.mrc', 'one'), chosen('a.mrc', 'one')], leftOut: new Map() })
  await vi.waitUntil(() => uploads.items.value.length === 1 && begun.length === 1)
  letGo()
  await vi.waitUntil(() => uploads.items.value.length === 0)
  expect(begunPaths()).toEqual(['/a.mrc'])
})

test('what the project has is named and is no failure', async () => {
  answers = () => json({ detail: 'It is here.', already: 'a' }, 400)
  const uploads = await upload(chosen('g1/a.mrc', 'one'))
  expect(uploads.items.value).toEqual([])
  expect(uploads.leftOut.value).toEqual(new Map([['already in the project', ['g1/a.mrc']]]))
})

test('a refused file stays with the reason until it is chosen again', async () => {
  answers = () => json({ detail: 'Too large.' }, 400)
  const uploads = await upload(chosen('a.mrc', 'one'))
  expect(uploads.items.value.map(item => item.error)).toEqual(['Too large.'])
  answers = taken
  uploads.add({ files: [chosen('a.mrc', 'one')], leftOut: new Map() })
  await vi.waitUntil(() => uploads.items.value.length === 0)
})

test('an unfinished upload is taken up by the same file alone', async () => {
  const uploads = new Uploads(1)
  const file = { name: 'a.mrc', folder: '', size: 3, fingerprint: '3-00000000' }
  const row = { ...file, id: 'x', received: 1, created_at: '' }
  uploads.unfinished.value = [row]
  uploads.add({ files: [chosen('a.mrc', 'one')], leftOut: new Map() })
  await vi.waitUntil(() => begun.length === 1 && uploads.items.value.length === 0)
  expect(uploads.unfinished.value).toEqual([row])
  uploads.unfinished.value = [{ ...row, fingerprint: begun[0]?.fingerprint ?? '' }]
  uploads.add({ files: [chosen('a.mrc', 'one')], leftOut: new Map() })
  await vi.waitUntil(() => begun.length === 2 && uploads.items.value.length === 0)
  expect(uploads.unfinished.value).toEqual([])
})

test('what another page has finished is no longer listed once its micrograph has come', async () => {
  const row = { id: 'u1', name: 'a.mrc', folder: '', size: 3, received: 1, fingerprint: 'f' }
  let rows = [row]
  let asked = 0
  vi.stubGlobal('fetch', async (): Promise<Response> => {
    asked++
    return json({ results: rows, next: null })
  })
  const uploads = new Uploads(1)
  await uploads.refresh()
  expect(uploads.unfinished.value.map(({ id }) => id)).toEqual(['u1'])
  rows = [{ ...row, id: 'on its way' }]
  await Promise.all([uploads.lookAgain(), uploads.lookAgain()])
  expect([uploads.unfinished.value, asked]).toEqual([[], 2])
  await uploads.lookAgain()
  expect(asked).toBe(2)
})
