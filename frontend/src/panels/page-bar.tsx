import type { JSX } from 'preact'
import { AccountMenu } from './account/account-menu'
import { Brand } from './brand'

/** The top of a page that is no open project. */
export function PageBar(): JSX.Element {
  return (
    <header class="bar">
      <Brand />
      <span class="bar-space" />
      <AccountMenu />
    </header>
  )
}
