import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { csrfToken } from '../../api/client'
import { Segments } from '../kit/choice'
import { Icon } from '../kit/icons'
import { later } from '../kit/later'
import { me } from '../me'
import { chooseTheme, type Theme, theme } from '../theme'
import type { TokensDialog } from './tokens-dialog'

const THEMES: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' }

const LaterTokens = later<Parameters<typeof TokensDialog>[0]>(
  async () => (await import('./tokens-dialog')).TokensDialog,
  ({ close }) => close(),
)

/** What belongs to the person and not to a project: the theme, the account, signing out. */
export function AccountMenu(): JSX.Element | null {
  const tokens = useSignal(false)
  useEffect(() => void LaterTokens.preload(), [])
  if (!me.value) return null
  return (
    <>
      <button type="button" class="button button-quiet" popovertarget="me" data-testid="me">
        <span class="me-name" title={me.value.username}>
          {me.value.username}
        </span>
        <Icon name="down" size={14} />
      </button>
      <section id="me" class="menu" popover="auto" aria-label="Your account">
        <span class="field-label" id="theme">
          Theme
        </span>
        <Segments labelledBy="theme" values={THEMES} value={theme.value} set={chooseTheme} testid="theme" />
        <hr />
        {me.value.guest ? (
          <a class="menu-item" href="/signin">
            <Icon name="settings" />
            Sign in with an account
          </a>
        ) : (
          <Account
            tokens={() => {
              tokens.value = true
            }}
          />
        )}
      </section>
      {tokens.value && (
        <LaterTokens
          close={() => {
            tokens.value = false
          }}
        />
      )}
    </>
  )
}

function Account({ tokens }: { tokens: () => void }): JSX.Element {
  return (
    <>
      <a class="menu-item" href="/account">
        <Icon name="settings" />
        Account and password
      </a>
      {me.value?.is_admin && (
        <>
          <a class="menu-item" href="/people">
            <Icon name="people" />
            People on this server
          </a>
          <a class="menu-item" href="/operations" data-testid="operations">
            <Icon name="curve" />
            Operations
          </a>
        </>
      )}
      <button
        type="button"
        class="menu-item"
        popovertarget="me"
        popovertargetaction="hide"
        onClick={tokens}
        data-testid="open-tokens"
      >
        <Icon name="keyboard" />
        Access tokens
      </button>
      {/* Signing out changes the session, so it is a POST. */}
      <form method="post" action="/signout">
        <input type="hidden" name="csrfmiddlewaretoken" value={csrfToken()} />
        <button type="submit" class="menu-item" data-testid="signout">
          <Icon name="signout" />
          Sign out
        </button>
      </form>
    </>
  )
}
