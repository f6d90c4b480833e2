import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { follow } from '../../src/model/follow'

test('runs now and whenever a signal changes, until it is ended; what it reads besides is not followed', () => {
  const [followed, read] = [signal(1), signal(10)]
  const seen: number[] = []
  const end = follow([followed], () => seen.push(followed.value + read.value))
  read.value = 20
  followed.value = 2
  end()
  followed.value = 3
  expect(seen).toEqual([11, 22])
})
