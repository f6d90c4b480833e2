/// <reference types="vite/client" />
import { describe, expect, test } from 'vitest'
import { publishColours } from '../../src/canvas/colours'
import sheet from '../../src/styles/tokens.css?raw'

type Rgb = readonly [number, number, number]

const tokens = new Map<string, string>()
for (const [, name, value] of sheet.matchAll(/(--[\w-]+): ([^;]+);/g))
  if (name && value && !tokens.has(name)) tokens.set(name, value)
publishColours({
  setProperty: (name: string, value: string) => tokens.set(name, value),
} as unknown as CSSStyleDeclaration)

/** A token in one theme, laid over an opaque colour where it lets some of that through. */
function colour(name: string, theme: Theme, over: Rgb = [0, 0, 0]): Rgb {
  const value = tokens.get(name) ?? ''
  const pair = /^light-dark\((.+\)|[^,]+), (.+)\)$/.exec(value)
  const own = pair ? (pair[theme === 'light' ? 1 : 2] as string) : value
  const [r, g, b, alpha = 1] = parsed(own)
  return [r, g, b].map((part, i) => part * alpha + (over[i] as number) * (1 - alpha)) as unknown as Rgb
}

/** #rrggbb or rgb(r g b / a%). */
function parsed(text: string): [number, number, number, number?] {
  const hex = /^#(..)(..)(..)$/.exec(text)?.slice(1)
  if (hex) return hex.map(part => Number.parseInt(part, 16)) as [number, number, number]
  const parts = /^rgb\((\d+) (\d+) (\d+) \/ (\d+)%\)$/.exec(text)?.slice(1).map(Number)
  if (!parts) throw new Error(`not a colour: ${text}`)
  const [r, g, b, percent] = parts as [number, number, number, number]
  return [r, g, b, percent / 100]
}

/** Relative luminance and contrast ratio, after WCAG 2.2. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map(part => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: Rgb, b: Rgb): number {
  const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (bright + 0.05) / (dark + 0.05)
}

type Theme = 'light' | 'dark'
const GROUNDS = ['--ground', '--surface', '--raised', '--hover']
const TEXTS = ['--text', '--text-soft', '--text-faint', '--accent', '--good', '--warn', '--bad']
const MARKS = ['particle', 'background', 'contamination', 'pick', 'accept', 'reject']

describe.each(['light', 'dark'] as const)('in the %s theme', theme => {
  test.each(TEXTS)('%s can be read on every ground (4.5 : 1)', text => {
    const ratios = GROUNDS.map(ground => contrast(colour(text, theme), colour(ground, theme)))
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(4.5)
  })

  test.each([
    ['--on-fill', '--accent-fill'],
    ['--on-fill', '--accent-fill-hover'],
    ['--on-fill', '--bad-fill'],
    ['--warn', '--warn-tint'],
  ])('%s can be read on %s (4.5 : 1)', (text, ground) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5)
  })

  test.each([
    ['--accent', '--accent-tint'],
    ['--text', '--accent-tint'],
    ['--text-soft', '--accent-tint'],
    ['--text-faint', '--accent-tint'],
    ['--bad', '--bad-tint'],
  ])('%s can be read on %s over a panel (4.5 : 1)', (text, tint) => {
    const ground = colour(tint, theme, colour('--surface', theme))
    expect(contrast(colour(text, theme), ground)).toBeGreaterThanOrEqual(4.5)
  })

  test('what cannot be pressed stands far behind what can, and can still be seen', () => {
    const surface = colour('--surface', theme)
    const off = contrast(colour('--text-off', theme), surface)
    expect(off).toBeLessThan(contrast(colour('--text-soft', theme), surface) / 2)
    expect(off).toBeGreaterThan(1.9)
  })

  test.each(MARKS)('the sign of %s is seen on panels (3 : 1)', mark => {
    const ratios = GROUNDS.map(ground => contrast(colour(`--mark-${mark}`, theme), colour(ground, theme)))
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(3)
  })
})

test.each(['--text', '--text-soft', '--text-faint', '--accent', '--warn'])(
  '%s can be read on bars over a white image, which are dark in both themes',
  text => {
    const pane = colour('--pane', 'dark', [255, 255, 255])
    expect(contrast(colour(text, 'dark'), pane)).toBeGreaterThanOrEqual(4.5)
  },
)
