/** What a field must hold, by the name that picking/pages/forms.py gives its rule. */
export type Rule = 'name' | 'password' | 'again'

/** The other fields of the form that a rule looks at. */
export interface Others {
  readonly name: string
  readonly password: string
}

/** Django's least length of a password, in characters. */
const SHORTEST = 8

/**
 * What is wrong with a value, and what to do; empty if it is fine. Never refuses what the server accepts; the server
 * refuses more, such as common passwords (tests/data/account_fields.json holds both to this).
 */
export function problem(rule: Rule, value: string, others: Others): string {
  if (rule === 'name')
    return /^[\p{L}\p{N}_.@+-]+$/u.test(value.trim().normalize('NFKC'))
      ? ''
      : 'Use letters, digits and @ . + - _ only, without spaces.'
  if (rule === 'again') return value === others.password ? '' : 'The two passwords do not match.'
  const missing = SHORTEST - [...value].length
  if (missing > 0) return `Too short: ${missing} more ${missing === 1 ? 'character' : 'characters'}.`
  return value.toLowerCase() === others.name.toLowerCase()
    ? 'Choose a password that differs from your name.'
    : ''
}
