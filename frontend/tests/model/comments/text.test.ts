import { describe, expect, test } from 'vitest'
import { fitting, nameAt, partsOf } from '../../../src/model/comments/text'
import type { Member } from '../../../src/wire'

const anna = { id: 7, username: 'anna', written: 'anna' }

describe('parts', () => {
  test('those who are named are shown by the names they have now', () => {
    expect(partsOf('Look, @anna!', [{ ...anna, username: 'anna.b' }])).toEqual([
      { type: 'text', text: 'Look, ' },
      { type: 'mention', text: '@anna.b', person: 7 },
      { type: 'text', text: '!' },
    ])
  })

  test('a name that is another one’s beginning does not hide it', () => {
    const parts = partsOf('@anna.b @anna', [anna, { id: 8, username: 'anna.b', written: 'anna.b' }])
    expect(parts.map(part => (part.type === 'mention' ? part.person : part.text))).toEqual([8, ' ', 7])
  })

  test('other names and addresses of e-mail are text', () => {
    expect(partsOf('@berta me@anna', [anna])).toEqual([{ type: 'text', text: '@berta me@anna' }])
  })

  test('addresses of the web are links, without the end of the sentence', () => {
    expect(partsOf('See (https://emdb-empiar.org/EMPIAR-10017).', [])).toEqual([
      { type: 'text', text: 'See (' },
      { type: 'link', text: 'https://emdb-empiar.org/EMPIAR-10017' },
      { type: 'text', text: ').' },
    ])
  })

  test('nothing else is a link', () => {
    const text = 'javascript:alert(1) <a href="x">x</a> ftp://x'
    expect(partsOf(text, [])).toEqual([{ type: 'text', text }])
  })
})

describe('names while typing', () => {
  test('a name begins after an @ that stands alone', () => {
    expect(nameAt('Look @an', 8)).toEqual({ from: 6, begun: 'an' })
    expect(nameAt('@', 1)).toEqual({ from: 1, begun: '' })
    expect(nameAt('me@an', 5)).toBeNull()
    expect(nameAt('@anna ', 6)).toBeNull()
    expect(nameAt('@anna and more', 3)).toEqual({ from: 1, begun: 'an' })
  })

  test('names that begin so come first', () => {
    const members = ['johanna', 'Anna', 'berta'].map(
      (username, id) => ({ id, username, role: 'owner' }) as Member,
    )
    expect(fitting(members, 'an').map(({ username }) => username)).toEqual(['Anna', 'johanna'])
  })
})
