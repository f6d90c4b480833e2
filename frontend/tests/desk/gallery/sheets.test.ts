import { beforeEach, expect, test } from 'vitest'
import type { CropPlace } from '../../../src/api/crops'
import { Sheets } from '../../../src/desk/gallery/sheets'

const SMOOTH = { side: 96, smooth: true }

let asked: { url: string; arrive: () => void; fail: () => void }[]
let failures: number
let sheets: Sheets

beforeEach(() => {
  asked = []
  failures = 0
  sheets = new Sheets({
    tiles: () => '/tiles',
    limits: () => ({ crops: 64, crops_across: 8 }),
    load: url =>
      new Promise((arrive, fail) => {
        asked.push({ url, arrive, fail: () => fail(new Error('no such sheet')) })
      }),
    failed: () => {
      failures++
    },
  })
})

const places = (from: number, end: number): CropPlace[] =>
  Array.from({ length: end - from }, (_, i) => ({ key: '0'.repeat(32), box: 80, x: from + i, y: 0 }))
const settled = (): Promise<void> => new Promise(done => setTimeout(done, 0))

test('crops are asked for 64 at a time, three requests at once', () => {
  sheets.want(places(0, 300), SMOOTH)
  expect(asked).toHaveLength(3)
})

test('a crop has its place in the sheet that has come', async () => {
  sheets.want(places(0, 20), SMOOTH)
  expect(sheets.of({ key: '0'.repeat(32), box: 80, x: 9, y: 0 }, SMOOTH)).toBeNull()
  asked[0]?.arrive()
  await settled()
  const sprite = sheets.of({ key: '0'.repeat(32), box: 80, x: 9, y: 0 }, SMOOTH)
  expect(sprite).toMatchObject({ column: 1, row: 1, rows: 3 })
})

test('what was scrolled past is not asked for any more', async () => {
  sheets.want(places(0, 64 * 10), SMOOTH)
  sheets.want(places(5000, 5010), SMOOTH)
  for (const { arrive } of asked) arrive()
  await settled()
  expect(asked).toHaveLength(4)
})

test('what is there is not asked for again', async () => {
  sheets.want(places(0, 64), SMOOTH)
  asked[0]?.arrive()
  await settled()
  sheets.want(places(0, 64).reverse(), SMOOTH)
  expect(asked).toHaveLength(1)
})

test('what did not come is asked for again once it is forgiven', async () => {
  sheets.want(places(0, 10), SMOOTH)
  asked[0]?.fail()
  await settled()
  expect([failures, asked.length]).toEqual([1, 1])
  sheets.forgive()
  expect(asked).toHaveLength(2)
})

test('smoothed crops and raw ones are different pictures', async () => {
  sheets.want(places(0, 10), SMOOTH)
  asked[0]?.arrive()
  await settled()
  const [place] = places(0, 1)
  const shown = [SMOOTH, { ...SMOOTH, smooth: false }].map(look => place && sheets.of(place, look) !== null)
  expect(shown).toEqual([true, false])
})
