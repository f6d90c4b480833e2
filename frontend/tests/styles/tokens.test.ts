/// <reference types="vite/client" />
import { expect, test } from 'vitest'

const files = import.meta.glob<string>(['../../src/**/*.css', '../../src/**/*.ts', '../../src/**/*.tsx'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
/** Where colours are written; all others name them. */
const TABLES = ['styles/tokens.css', 'canvas/colours.ts', 'canvas/ramp.ts']
const COLOUR = /#([\da-f]{3,4}){1,2}(?=['"`;,)])|\b(rgb|hsl|oklch)a?\(\d/i

test('colours are written in the tokens and the table of canvases, and nowhere else', () => {
  const strays = Object.entries(files)
    .filter(([name]) => !TABLES.some(table => name.endsWith(table)))
    .filter(([, text]) => COLOUR.test(text))
  expect(Object.keys(files).length).toBeGreaterThan(200)
  expect(strays.map(([name]) => name)).toEqual([])
})
