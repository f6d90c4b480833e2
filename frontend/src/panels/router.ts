import { signal } from '@preact/signals'

export const path = signal(location.pathname)

export function navigate(to: string): void {
  history.pushState(null, '', to)
  path.value = to
}

export function projectIn(pathname: string): number | null {
  const match = /^\/projects\/(\d+)/.exec(pathname)
  return match ? Number(match[1]) : null
}

/** Follows links to our own pages without reloading; all other links are left to the browser. */
export function startRouter(): void {
  addEventListener('popstate', () => {
    path.value = location.pathname
  })
  document.addEventListener('click', event => {
    const link = (event.target as Element | null)?.closest?.('a')
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (link.origin !== location.origin || link.target || link.hasAttribute('download')) return
    if (link.pathname !== '/' && projectIn(link.pathname) === null) return
    event.preventDefault()
    navigate(link.pathname)
  })
}
