import type { Signal } from '@preact/signals'
import type { ButtonHTMLAttributes, ComponentChildren, JSX } from 'preact'

import { hueGround, personHue } from '../../canvas/colours'
import { Icon, type IconName } from './icons'

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'icon' | 'class' | 'label'>

export interface ButtonProps extends Native {
  kind?: 'primary' | 'plain' | 'danger' | 'quiet'
  icon?: IconName
  class?: string
}

export function Button({ kind = 'plain', icon, children, ...rest }: ButtonProps): JSX.Element {
  return (
    <button type="button" {...rest} class={classes(`button button-${kind}`, rest.class)}>
      {icon && <Icon name={icon} size={16} />}
      {children}
    </button>
  )
}

interface IconButtonProps extends Native {
  icon: IconName
  label: string
  class?: string
}

export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}

/** A button that shows an icon only; its label is read out and shown on hover. */
export function IconButton({ icon, label, ...rest }: IconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      class={classes('icon-button', rest.class)}
    >
      <Icon name={icon} />
    </button>
  )
}

interface FieldProps {
  label: string
  /** The text of the field, both ways. */
  text: Signal<string>
  numeric?: boolean
  required?: boolean
  placeholder?: string
  hint?: string
  unit?: string
  testid: string
}

export function Field({
  label,
  text,
  numeric,
  required,
  placeholder,
  hint,
  unit,
  testid,
}: FieldProps): JSX.Element {
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <span class="field-row">
        <input
          class="input"
          value={text}
          onInput={event => {
            text.value = event.currentTarget.value
          }}
          inputMode={numeric ? 'decimal' : 'text'}
          maxLength={200}
          required={required ?? false}
          placeholder={placeholder ?? ''}
          data-testid={testid}
        />
        {unit && <span class="field-unit">{unit}</span>}
      </span>
      {hint && <span class="field-hint">{hint}</span>}
    </label>
  )
}

export function Progress({ value, label }: { value: number; label: string }): JSX.Element {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <div class="progress-bar" style={{ width: `${percent}%` }} />
    </div>
  )
}

export function Empty({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="empty">
      <h3>{title}</h3>
      {children}
    </div>
  )
}

/** Initials on a colour of the person's own. */
export function Avatar({ id, name, note }: { id: number; name: string; note?: string }): JSX.Element {
  const title = note ? `${name} – ${note}` : name
  return (
    <span
      class="avatar"
      style={{ background: hueGround(personHue(id)) }}
      title={title}
      role="img"
      aria-label={title}
    >
      {initials(name)}
    </span>
  )
}

export function initials(name: string): string {
  const words = name.split(/[\s._@-]+/).filter(Boolean)
  const letters = words.length > 1 ? [words[0]?.[0], words[1]?.[0]] : [...name].slice(0, 2)
  return letters.join('').toUpperCase()
}

export function ErrorNote({ children }: { children: ComponentChildren }): JSX.Element {
  return (
    <p class="note note-error" role="alert">
      <Icon name="warning" size={16} />
      <span>{children}</span>
    </p>
  )
}
