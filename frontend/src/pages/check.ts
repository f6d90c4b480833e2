import './passkeys'
import { type Others, problem, type Rule } from './rules'

/**
 * Checks the fields of a form while people type. A correct field is marked at once; a wrong one when it is left, and
 * from then on at each letter. The server has the last word.
 */
function watch(form: HTMLFormElement): void {
  const inputs = [...form.querySelectorAll<HTMLInputElement>('input[data-check]')]
  const held = (rule: Rule): string => inputs.find(input => ruleOf(input) === rule)?.value ?? ''
  const others = (): Others => ({ name: held('name'), password: held('password') })
  const check = (input: HTMLInputElement, left: boolean): void => {
    const wrong = input.value && problem(ruleOf(input), input.value, others())
    part(input, 'helptext')?.classList.toggle('form-met', input.value !== '' && !wrong)
    if (left || input.ariaInvalid) tell(input, wrong)
  }
  for (const input of inputs) {
    input.addEventListener('input', () => {
      check(input, false)
      for (const other of inputs) if (other !== input && other.value) check(other, false)
    })
    input.addEventListener('blur', () => check(input, true))
  }
}

const ruleOf = (input: HTMLInputElement): Rule => input.dataset.check as Rule

/** The hint or the error of a field, by the ids that Django gives them. */
function part(input: HTMLInputElement, name: 'helptext' | 'error'): HTMLElement | null {
  return document.getElementById(`${input.id}_${name}`)
}

function tell(input: HTMLInputElement, wrong: string): void {
  const error = part(input, 'error')
  if (!error) return
  error.textContent = wrong
  input.ariaInvalid = wrong ? 'true' : null
  const described = wrong ? ['helptext', 'error'] : ['helptext']
  input.setAttribute('aria-describedby', described.map(name => `${input.id}_${name}`).join(' '))
}

for (const form of document.forms) watch(form)
document.querySelector<HTMLInputElement>('input[aria-invalid="true"]')?.focus()
for (const input of document.querySelectorAll<HTMLInputElement>('input[data-select]')) input.select()
