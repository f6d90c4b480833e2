import { beforeEach, describe, expect, test } from 'vitest'
import { ApiError } from '../../src/api/client'
import { CHUNK, transfer, type UploadServer } from '../../src/uploads/transfer'

const SIZE = CHUNK * 2 + 10
const file = new File([new Uint8Array(SIZE)], 'a.mrc')

let received: number
let offsets: number[]
let failures: unknown[]
let stalled: boolean[]
let full: boolean[]

const server: UploadServer = {
  start: async () => ({
    id: 'one',
    name: 'a.mrc',
    folder: '',
    size: SIZE,
    fingerprint: '',
    received,
    created_at: '',
  }),
  send: async (_, offset, body) => {
    offsets.push(offset)
    const failure = failures.shift()
    if (failure) throw failure
    received = offset + body.size
    return { received }
  },
}
const run = (): Promise<void> =>
  transfer(
    file,
    server,
    {
      progress: () => undefined,
      stalled: (value, noRoom) => {
        stalled.push(value)
        if (noRoom !== undefined) full.push(noRoom)
      },
    },
    async () => undefined,
  )

beforeEach(() => {
  received = 0
  offsets = []
  failures = []
  stalled = []
  full = []
})

describe('transfer', () => {
  test('sends a file in chunks', async () => {
    await run()
    expect(offsets).toEqual([0, CHUNK, CHUNK * 2])
    expect(received).toBe(SIZE)
  })

  test('goes on from what the server holds already', async () => {
    received = CHUNK + 5
    await run()
    expect(offsets).toEqual([CHUNK + 5, CHUNK * 2 + 5])
  })

  test('waits out a lost connection and says so', async () => {
    failures = [new ApiError('', 0), new ApiError('', 0)]
    await run()
    expect(offsets.slice(0, 3)).toEqual([0, 0, 0])
    expect(stalled).toContain(true)
    expect(stalled.at(-1)).toBe(false)
    expect(received).toBe(SIZE)
  })

  test('a full disk is waited out, and the chunk is sent again', async () => {
    failures = [new ApiError('The server’s disk is full.', 507)]
    await run()
    expect(offsets.slice(0, 2)).toEqual([0, 0])
    expect(full).toEqual([true])
    expect(received).toBe(SIZE)
  })

  test('a lost answer to the last chunk is no failure: the upload is over, and so not found', async () => {
    received = CHUNK * 2
    failures = [new ApiError('', 0), new ApiError('There is no such upload.', 404)]
    await run()
    expect(offsets).toEqual([CHUNK * 2, CHUNK * 2])
  })

  test('an upload that somebody gave up is a failure', async () => {
    failures = [new ApiError('There is no such upload.', 404)]
    await expect(run()).rejects.toThrow('no such upload')
  })

  test('a chunk that arrived although its answer was lost is not sent twice', async () => {
    failures = [new ApiError('', 409, { detail: 'elsewhere', received: CHUNK })]
    await run()
    expect(offsets).toEqual([0, CHUNK, CHUNK * 2])
  })

  test('a refusal ends it', async () => {
    failures = [new ApiError('Too large.', 413)]
    await expect(run()).rejects.toThrow('Too large.')
  })
})
