import type { JSX } from 'preact'
import { say } from './toasts'
import { Button } from './ui'

interface Props {
  text: string
  /** What it is, "Token" say. */
  what: string
  testid: string
}

/** A secret that the server tells once, with a button that copies it. */
export function ToldOnce({ text, what, testid }: Props): JSX.Element {
  const copy = (): void =>
    void navigator.clipboard.writeText(text).then(
      () => say(`${what} copied.`),
      () =>
        say(`Your browser blocks copying. Select the ${what.toLowerCase()} and copy it by hand.`, 'error'),
    )
  return (
    <div class="form-line">
      <label class="field">
        <span class="field-label">{what}: copy it now; it is not shown again</span>
        <input
          class="input"
          readOnly
          value={text}
          onFocus={event => event.currentTarget.select()}
          data-testid={`${testid}-text`}
        />
      </label>
      <Button icon="copy" onClick={copy} data-testid={`copy-${testid}`}>
        Copy
      </Button>
    </div>
  )
}
