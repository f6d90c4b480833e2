import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { plural } from '../kit/format'
import { Icon } from '../kit/icons'
import { Button } from '../kit/ui'

/** Says that the crosses on the canvas are what the file of an export holds. */
export function ExportPreview({ desk }: { desk: Desk }): JSX.Element | null {
  const { shown, points, problem } = desk.exports
  const of = shown.value
  if (!of) return null
  const title = desk.state.formats.value.find(format => format.key === of.format)?.title ?? of.format
  const { flip_y, scale } = of.options
  const turned = [flip_y && 'y flipped back', scale !== 1 && `multiplied by the scale ${scale}`].filter(
    Boolean,
  )
  return (
    <div class="banner export-preview" role="status" data-testid="export-preview">
      <p>
        <Icon name="download" size={16} />
        <span>
          Preview of {title}, read from the finished file:{' '}
          {problem.value || (points.value ? `${plural(points.value.points.length, 'pick')} here` : 'loading')}
          {turned.length > 0 && ` (${turned.join(', ')})`}.
        </span>
      </p>
      <Button
        onClick={() => {
          shown.value = null
        }}
        data-testid="close-export-preview"
      >
        Close preview
      </Button>
    </div>
  )
}
