import type { JSX } from 'preact'
import type { Commands } from '../../desk/commands'
import type { Desk } from '../../desk/desk'
import type { Stage } from '../../desk/stage/stage'
import { LOOKING, type ToolName } from '../../tools/tool'
import { Glyph, Icon, type IconName } from '../kit/icons'
import { classes, IconButton } from '../kit/ui'

/** The others are taken up where one comments, or points. */
type HeldTool = Exclude<ToolName, 'comment' | 'point'>

interface Entry {
  readonly tool: HeldTool
  readonly label: string
  readonly key: string
}

const TOOLS: readonly Entry[] = [
  { tool: 'select', label: 'Select and pan', key: 'V' },
  { tool: 'box', label: 'Box select', key: 'S' },
  { tool: 'lasso', label: 'Lasso select', key: 'Q' },
  { tool: 'particle', label: 'Particle', key: 'P' },
  { tool: 'background', label: 'Background', key: 'B' },
  { tool: 'contamination', label: 'Contamination', key: 'C' },
  { tool: 'region', label: 'Contamination region', key: 'L' },
  { tool: 'polygon', label: 'Contamination polygon', key: 'G' },
  { tool: 'ruler', label: 'Ruler', key: 'U' },
  { tool: 'move', label: 'Move', key: 'M' },
  { tool: 'erase', label: 'Erase', key: 'E' },
]

export interface StageParts {
  readonly stage: Stage
  readonly commands: Commands
}

type ToolbarDesk = Pick<Desk, 'tool' | 'state' | 'editor' | 'gallery' | 'averages'>

/** The room for the tools is there before the stage is, so that nothing moves when it comes. */
export function Toolbar({ desk, parts }: { desk: ToolbarDesk; parts: StageParts | null }): JSX.Element {
  return (
    <div class="toolbar" role="toolbar" aria-label="Tools" aria-orientation="vertical">
      {parts && <Buttons desk={desk} {...parts} />}
    </div>
  )
}

function Buttons({ desk, stage, commands }: StageParts & { desk: ToolbarDesk }): JSX.Element {
  const locked = desk.state.locked.value
  const { history } = desk.editor
  return (
    <>
      {TOOLS.map(entry => (
        <ToolButton
          key={entry.tool}
          entry={entry}
          active={desk.tool.value === entry.tool}
          locked={LOOKING.includes(entry.tool) ? '' : locked}
          choose={() => commands.choose(entry.tool)}
        />
      ))}
      <hr />
      <IconButton
        icon="undo"
        label="Undo (Ctrl Z)"
        disabled={!history.canUndo.value}
        onClick={() => commands.undo()}
        data-testid="undo"
      />
      <IconButton
        icon="redo"
        label="Redo (Ctrl Shift Z)"
        disabled={!history.canRedo.value}
        onClick={() => commands.redo()}
        data-testid="redo"
      />
      <hr />
      <IconButton icon="plus" label="Zoom in (+)" onClick={() => stage.viewer.zoomBy(1.5)} />
      <IconButton icon="minus" label="Zoom out (-)" onClick={() => stage.viewer.zoomBy(1 / 1.5)} />
      <IconButton icon="fit" label="Fit (F)" onClick={() => stage.viewer.fit()} data-testid="fit" />
      <hr />
      <IconButton
        icon="gallery"
        label="Gallery of crops (Shift G)"
        aria-pressed={desk.gallery.settings.value.open}
        onClick={() => desk.gallery.toggle()}
        data-testid="open-gallery"
      />
      <IconButton
        icon="averages"
        label="Averages (Shift L)"
        aria-pressed={desk.averages.open.value}
        onClick={() => desk.averages.toggle()}
        data-testid="open-averages"
      />
    </>
  )
}

interface ToolProps {
  entry: Entry
  active: boolean
  /** Why it may not be used; empty if it may. */
  locked: string
  choose: () => void
}

/** Locked tools stay reachable: choosing one explains why. */
function ToolButton({ entry, active, locked, choose }: ToolProps): JSX.Element {
  const { tool, label, key } = entry
  const title = locked ? `${label}: ${locked}` : `${label} (${key})`
  return (
    <button
      type="button"
      class={classes('tool', active && 'tool-active')}
      title={title}
      aria-label={title}
      aria-pressed={active}
      aria-disabled={locked !== ''}
      data-key={key}
      onClick={choose}
      data-testid={`tool-${tool}`}
    >
      <ToolSign tool={tool} />
    </button>
  )
}

function ToolSign({ tool }: { tool: HeldTool }): JSX.Element {
  if (tool === 'particle' || tool === 'background' || tool === 'contamination') return <Glyph kind={tool} />
  return <Icon name={tool satisfies IconName} />
}
