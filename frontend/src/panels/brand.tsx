import type { JSX } from 'preact'

export function Brand(): JSX.Element {
  return (
    <a class="brand" href="/" aria-label="CryoWeb, all projects" data-testid="home">
      <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 1.500l9 5.200v10.600l-9 5.200-9-5.200V6.700z" class="brand-shell" />
        <circle cx="12" cy="12" r="3.600" class="brand-core" />
      </svg>
      <span>CryoWeb</span>
    </a>
  )
}
