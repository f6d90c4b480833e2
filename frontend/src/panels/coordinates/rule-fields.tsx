import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { NameRule } from '../../wire'
import { classes } from '../kit/ui'
import type { DraftProps } from './props'

/** Milliseconds after the last key before a rule is tried. */
const REST = 400

/** What is ignored when names are compared: as typed, or one of the rules that the names themselves suggest. */
export function RuleFields({ desk, draft }: DraftProps): JSX.Element {
  const [typed, setTyped] = useState<NameRule | null>(null)
  const { starts, ends } = typed ?? draft.rule
  useEffect(() => {
    if (!typed) return
    const timer = setTimeout(() => void desk.coordinates.change({ rule: typed }), REST)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <fieldset class="import-part">
      <legend class="field-label">Ignore in names</legend>
      <div class="import-pair">
        <Text
          label="at the start"
          value={starts}
          set={value => setTyped({ starts: value, ends })}
          testid="starts"
        />
        <Text
          label="at the end"
          value={ends}
          set={value => setTyped({ starts, ends: value })}
          testid="ends"
        />
      </div>
      {draft.rules.length > 1 && (
        <div class="import-rules">
          {draft.rules.map(rule => (
            <button
              key={`${rule.starts} ${rule.ends}`}
              type="button"
              class={classes('switch', rule.starts === starts && rule.ends === ends && 'switch-on')}
              title={`${rule.matched} match, ${rule.unmatched} do not, ${rule.ambiguous} may mean several`}
              onClick={() => void desk.coordinates.change({ rule: { starts: rule.starts, ends: rule.ends } })}
              data-testid="suggested-rule"
            >
              {[rule.starts, rule.ends].filter(Boolean).join(' … ') || 'nothing'} · {rule.matched}
            </button>
          ))}
        </div>
      )}
    </fieldset>
  )
}

interface TextProps {
  label: string
  value: string
  set: (value: string) => void
  testid: string
}

function Text({ label, value, set, testid }: TextProps): JSX.Element {
  return (
    <label class="import-text">
      <span class="text-faint">{label}</span>
      <input
        class="input"
        value={value}
        placeholder={testid === 'starts' ? '#_' : '_DW, _aligned'}
        title="Texts between commas; # is a number"
        onInput={event => set(event.currentTarget.value)}
        data-testid={`rule-${testid}`}
      />
    </label>
  )
}
