import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Commands } from '../../desk/commands'
import type { Desk } from '../../desk/desk'
import { listenToKeys } from '../../desk/keys/listen'
import { exposeProbe } from '../../desk/stage/probe'
import { Stage } from '../../desk/stage/stage'
import type { ProjectState } from '../../model/project'
import type { AveragesPage } from '../averages/averages-page'
import { GalleryDrawer } from '../gallery/gallery'
import { Icon } from '../kit/icons'
import { later } from '../kit/later'
import { classes } from '../kit/ui'
import { OverviewPage } from '../micrographs/overview'
import { CommentPins } from './comment-pins'
import { CompareBar } from './compare-bar'
import { ExportPreview } from './export-preview'
import { FollowFrame } from './follow-frame'
import { MicrographSign } from './micrograph-sign'
import { Minimap } from './minimap'
import { PixelSizeBanner } from './pixel-size-banner'
import { SelectionBar } from './selection-bar'
import { SettleBar } from './settle-bar'
import { SplitDivider } from './split-divider'
import { StatusBar } from './status-bar'
import { ToolOptions } from './tool-options'
import { type StageParts, Toolbar } from './toolbar'
import { TravelBar } from './travel-bar'
import { UnsentBanner } from './unsent-banner'
import { WalkBar } from './walk-bar'

export const LaterAverages = later<Parameters<typeof AveragesPage>[0]>(
  async () => (await import('../averages/averages-page')).AveragesPage,
  ({ desk }) => {
    desk.averages.open.value = false
  },
)

/** The canvas with its tools around it. The stage lives as long as this is mounted. */
export function StageView({ desk }: { desk: Desk }): JSX.Element {
  const element = useRef<HTMLDivElement>(null)
  const viewer = useRef<HTMLDivElement>(null)
  const parts = useSignal<StageParts | null>(null)
  const focus = (): void => element.current?.focus({ preventScroll: true })
  // Before the first paint, so that a key pressed as soon as the page appears is not lost.
  useLayoutEffect(() => {
    if (!element.current || !viewer.current) return
    const stage = new Stage(desk, element.current, viewer.current)
    const commands = new Commands(desk)
    parts.value = { stage, commands }
    const unlisten = listenToKeys({ desk, stage, commands })
    const unexpose = exposeProbe(desk, stage)
    return () => {
      unexpose()
      unlisten()
      stage.destroy()
    }
  }, [desk])
  return (
    <main class="centre" aria-label="Micrograph">
      <div class="stage-row">
        <Toolbar desk={desk} parts={parts.value} />
        <div class="stage-column">
          <div class={classes('stage-frame', desk.travel.at.value !== null && 'stage-frame-past')}>
            <div
              ref={element}
              id="stage"
              class="stage"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: an application of its own, worked by keys
              tabIndex={0}
              role="application"
              aria-label="Micrograph canvas. Press ? for the keys."
              data-testid="stage"
            >
              <div ref={viewer} class="stage-viewer" />
            </div>
            <CommentPins desk={desk} />
            <UnsentBanner desk={desk} />
            <SplitDivider desk={desk} />
            <ExportPreview desk={desk} />
            <PixelSizeBanner state={desk.state} shared={desk.shared} />
            {parts.value && <ToolOptions desk={desk} stage={parts.value.stage} />}
            {parts.value && <MicrographSign desk={desk} commands={parts.value.commands} />}
            {parts.value && <Minimap desk={desk} stage={parts.value.stage} />}
            {parts.value && <SelectionBar desk={desk} commands={parts.value.commands} />}
            <FollowFrame desk={desk} />
            <WalkBar desk={desk} />
            <SettleBar desk={desk} focus={focus} />
            <CompareBar desk={desk} />
            {desk.current.value === null && <NoMicrograph state={desk.state} />}
            {desk.averages.open.value && <LaterAverages desk={desk} leave={focus} />}
          </div>
          <TravelBar desk={desk} />
          {parts.value && (
            <GalleryDrawer
              desk={desk}
              leave={() =>
                (document.getElementById('classes') ?? element.current)?.focus({ preventScroll: true })
              }
            />
          )}
        </div>
      </div>
      <StatusBar desk={desk} />
      <OverviewPage desk={desk} leave={focus} />
    </main>
  )
}

function NoMicrograph({ state }: { state: ProjectState }): JSX.Element {
  const mayRun = state.mayRun.value
  const guesses = state.project.value?.first_guess && !state.current.value
  return (
    <div class="stage-empty">
      <Icon name="gallery" size={40} />
      <p>{mayRun ? 'Drop micrographs here to begin.' : 'Nobody has added micrographs yet.'}</p>
      {mayRun && <p class="hint">MRC, TIFF, PNG or JPEG; or choose them on the left.</p>}
      {mayRun && guesses && <p class="hint">Their particles are marked as soon as they are here.</p>}
    </div>
  )
}
