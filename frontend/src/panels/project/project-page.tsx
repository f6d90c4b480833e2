import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { ApiError } from '../../api/client'
import { Desk } from '../../desk/desk'
import type { ImportPanel } from '../coordinates/import-panel'
import { later } from '../kit/later'
import { say } from '../kit/toasts'
import { whenIdle } from '../kit/when-idle'
import { LeftPanel } from '../micrographs/left-panel'
import { Rail, Side } from '../side/side'
import { preloadTabs } from '../side/tabs'
import { LaterAverages, StageView } from '../stage/stage-view'
import { LaterLossPlot } from '../trainings/train-panel'
import { DropZone } from '../uploads/drop-zone'
import type { Dialogs } from './dialogs'
import { Dismissed, Unavailable } from './dismissed'
import { Header } from './header'

const LaterDialogs = later<Parameters<typeof Dialogs>[0]>(
  async () => (await import('./dialogs')).Dialogs,
  ({ desk }) => {
    desk.dialog.value = null
  },
)

const LaterImport = later<Parameters<typeof ImportPanel>[0]>(
  async () => (await import('../coordinates/import-panel')).ImportPanel,
  ({ desk }) => desk.coordinates.close(),
  <aside class="panel panel-right import-panel" aria-busy="true" />,
)

/** One project: opens its desk, and closes it when the person leaves. */
export function ProjectPage({ id }: { id: number }): JSX.Element {
  const desk = useSignal<Desk | null>(null)
  const failure = useSignal('')
  useEffect(() => {
    const opened = new Desk(id, say)
    opened.start().then(
      () => {
        desk.value = opened
      },
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error
        failure.value = error.message
      },
    )
    return () => opened.stop()
  }, [id])
  if (failure.value) return <Unavailable reason={failure.value} />
  if (!desk.value) return <div class="page page-loading" aria-busy="true" />
  if (desk.value.sync.dismissed.value) return <Dismissed id={id} sync={desk.value.sync} />
  return <DeskView desk={desk.value} />
}

function DeskView({ desk }: { desk: Desk }): JSX.Element {
  const name = desk.state.project.value?.name ?? ''
  const importing = desk.coordinates.open.value && desk.side.value === 'picking'
  useEffect(() => {
    document.title = `${name} – CryoWeb`
  }, [name])
  useEffect(() => {
    whenIdle(() => {
      for (const part of [LaterDialogs, LaterImport, LaterLossPlot, LaterAverages]) void part.preload()
      preloadTabs()
    })
  }, [])
  return (
    <DropZone desk={desk}>
      <div class="desk" data-testid="project-page">
        <Header desk={desk} />
        <div class="desk-columns">
          <LeftPanel desk={desk} />
          <StageView desk={desk} />
          {importing ? <LaterImport desk={desk} /> : <Side desk={desk} />}
          <Rail desk={desk} />
        </div>
      </div>
      {desk.dialog.value && <LaterDialogs desk={desk} />}
    </DropZone>
  )
}
