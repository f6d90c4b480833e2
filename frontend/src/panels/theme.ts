import { effect, signal } from '@preact/signals'

export type Theme = 'system' | 'light' | 'dark'

/** A cookie and not localStorage: the server writes the theme into each page, which so never shows the other one first. */
const COOKIE = 'cryoweb_theme'
const YEAR = 365 * 24 * 3600

const system = matchMedia('(prefers-color-scheme: dark)')
const systemIsDark = signal(system.matches)
system.addEventListener('change', ({ matches }) => {
  systemIsDark.value = matches
})

/** What this person chose, in this browser. */
export const theme = signal<Theme>(themeIn(document.cookie))

/** Whether the page is dark now, for what cannot be left to the style sheet. */
export const isDark = (): boolean => (theme.value === 'system' ? systemIsDark.value : theme.value === 'dark')

function themeIn(cookies: string): Theme {
  const kept = new RegExp(`(?:^|;\\s*)${COOKIE}=(light|dark)(?:;|$)`).exec(cookies)?.[1]
  return (kept as Theme | undefined) ?? 'system'
}

export function chooseTheme(choice: Theme): void {
  theme.value = choice
  const age = choice === 'system' ? 0 : YEAR
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers that we support
  document.cookie = `${COOKIE}=${choice}; path=/; max-age=${age}; samesite=lax`
}

/** Keeps the page in the theme chosen. */
export function followTheme(root: HTMLElement): void {
  effect(() => {
    root.dataset.theme = theme.value
  })
}
