import type { Signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { ExportFormat } from '../../wire'

interface Props {
  formats: readonly ExportFormat[]
  chosen: Signal<string>
}

/** The formats by the program whose they are, each with what to do with it there. */
export function FormatChoice({ formats, chosen }: Props): JSX.Element {
  const programs = [...new Set(formats.map(format => format.program))]
  return (
    <div class="export-formats">
      {programs.map(program => (
        <fieldset key={program} class="choices">
          <legend>{program}</legend>
          {formats
            .filter(format => format.program === program)
            .map(({ key, title, after }) => (
              <label key={key} class="choice choice-tall">
                <input
                  type="radio"
                  name="format"
                  checked={chosen.value === key}
                  onChange={() => {
                    chosen.value = key
                  }}
                  data-testid={`format-${key}`}
                />
                <span>
                  {title}
                  <span class="hint">{after}</span>
                </span>
              </label>
            ))}
        </fieldset>
      ))}
    </div>
  )
}
