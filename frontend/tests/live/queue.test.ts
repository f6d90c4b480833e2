import { beforeEach, describe, expect, test } from 'vitest'
import { ApiError } from '../../src/api/client'
import { OperationQueue, type Stall } from '../../src/live/queue'
import type { Shelf } from '../../src/live/shelf'
import type { Applied, Operation } from '../../src/wire'
import { label, put } from '../make'

const a = put(label(), 'a')
const b = put(label(), 'b')

let kept: readonly Operation[]
let posted: string[][]
let answers: ((operations: readonly Operation[]) => Applied)[]
let held: [string, number][]
let refused: string[]
let slept: number[]
let stalled: (Stall | null)[]
let overtaken: [string, number | null, number][]
let removals: number

const shelf: Shelf = {
  adopt: async () => [...kept],
  add: operations => {
    kept = [...kept, ...operations]
  },
  remove: operations => {
    removals++
    kept = kept.filter(operation => !operations.includes(operation))
  },
}

const applied = (operations: readonly Operation[]): Applied => ({
  sequence: 5,
  results: operations.map(({ operation }) => ({ operation, status: 'applied' })),
})
const offline = (): never => {
  throw new ApiError('no connection', 0)
}

function queue(): OperationQueue {
  const handlers = {
    post: async (operations: readonly Operation[]): Promise<Applied> => {
      posted.push(operations.map(({ operation }) => operation))
      return (answers.shift() ?? applied)(operations)
    },
    held: ({ operation }: Operation, sequence: number) => void held.push([operation, sequence]),
    refused: ({ operation }: Operation) => void refused.push(operation),
    overtaken: ({ operation }: Operation, by: number | null, at: number) =>
      void overtaken.push([operation, by, at]),
    waiting: () => undefined,
    stalled: (value: Stall | null) => void stalled.push(value),
  }
  return new OperationQueue(shelf, handlers, async seconds => void slept.push(seconds), 1000)
}

async function settled(made: OperationQueue): Promise<void> {
  while (made.unsent.length > 0) await new Promise(resolve => setTimeout(resolve))
}

beforeEach(() => {
  kept = []
  posted = []
  answers = []
  held = []
  refused = []
  slept = []
  stalled = []
  overtaken = []
  removals = 0
})

describe('OperationQueue', () => {
  test('sends in order and forgets what the server holds', async () => {
    const made = queue()
    made.add([a, b])
    expect(kept).toEqual([a, b])
    await settled(made)
    expect(posted).toEqual([['a', 'b']])
    expect(held).toEqual([
      ['a', 5],
      ['b', 5],
    ])
    expect(kept).toEqual([])
  })

  test('waits out a lost connection with growing pauses and sends the same again', async () => {
    answers = [offline, offline]
    const made = queue()
    made.add([a])
    await settled(made)
    expect(posted).toEqual([['a'], ['a'], ['a']])
    expect(slept).toEqual([0.5, 1])
    expect(stalled).toEqual(['offline', 'offline', null])
  })

  test('a full disk is waited out too, and said', async () => {
    const full = (): never => {
      throw new ApiError('The server’s disk is full.', 507)
    }
    answers = [full, offline]
    const made = queue()
    made.add([a])
    expect(kept).toEqual([a])
    await settled(made)
    expect(posted).toEqual([['a'], ['a'], ['a']])
    expect(stalled).toEqual(['full', 'offline', null])
    expect(refused).toEqual([])
  })

  test('a database that is away is waited out too, and said', async () => {
    answers = [
      () => {
        throw new ApiError('The database does not answer.', 503)
      },
    ]
    const made = queue()
    made.add([a])
    await settled(made)
    expect(stalled).toEqual(['away', null])
  })

  test('what is too much for one request is sent in parts, in order', async () => {
    const polygon = Array.from({ length: 40_000 }, (_, i): [number, number] => [i + 0.123456789, i])
    const large = ['x', 'y', 'z'].map(
      (operation): Operation => ({
        operation,
        type: 'region.put',
        id: operation,
        micrograph: 1,
        polygon,
      }),
    )
    const made = queue()
    made.add([a, ...large, b])
    await settled(made)
    expect(posted).toEqual([['a', 'x'], ['y'], ['z', 'b']])
  })

  test('what an earlier page left is sent before what is new', async () => {
    kept = [a]
    const made = queue()
    await made.adopt()
    made.add([b])
    await settled(made)
    expect(posted.flat()).toEqual(['a', 'b'])
  })

  test('a refused operation is reported, the others are held', async () => {
    answers = [
      () => ({
        sequence: 6,
        results: [
          { operation: 'a', status: 'refused', detail: 'no' },
          { operation: 'b', status: 'repeated' },
        ],
      }),
    ]
    const made = queue()
    made.add([a, b])
    await settled(made)
    expect(refused).toEqual(['a'])
    expect(held).toEqual([['b', 6]])
  })

  test('an operation that somebody was ahead of is reported with whom, and not sent again', async () => {
    answers = [() => ({ sequence: 6, results: [{ operation: 'a', status: 'overtaken', by: 8 }] })]
    const made = queue()
    made.add([a])
    await settled(made)
    expect([overtaken, held, refused, posted, kept]).toEqual([[['a', 8, 6]], [], [], [['a']], []])
  })

  test('a batch that the server cannot take is sent one by one, so that only the bad one is lost', async () => {
    const unfit = (operations: readonly Operation[]): Applied => {
      if (operations.some(({ operation }) => operation === 'a')) throw new ApiError('bad', 400)
      return applied(operations)
    }
    answers = [unfit, unfit, unfit]
    const made = queue()
    made.add([a, b])
    await settled(made)
    expect(refused).toEqual(['a'])
    expect(held).toEqual([['b', 5]])
  })

  test('an operation seen in the event stream is not sent again', async () => {
    answers = [offline]
    const made = queue()
    made.add([a])
    made.seen('a')
    await settled(made)
    expect(posted.flat().filter(operation => operation === 'a').length).toBeLessThanOrEqual(1)
    expect(kept).toEqual([])
  })

  test('only one request is under way at a time', async () => {
    const made = queue()
    made.add([a])
    made.add([b])
    await settled(made)
    expect(posted).toEqual([['a'], ['b']])
  })
})

test('thousands that come back one by one do not write the shelf each time', async () => {
  const many = Array.from({ length: 2000 }, (_, i) => put(label(), `many-${i}`))
  answers = [offline]
  const made = queue()
  made.add(many)
  for (const { operation } of many) made.seen(operation)
  expect(kept).toEqual([])
  expect(removals).toBeLessThan(5)
})
