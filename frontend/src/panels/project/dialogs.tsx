import type { JSX } from 'preact'
import { useLocation } from 'preact-iso'
import type { Desk } from '../../desk/desk'
import { CompareDialog } from '../compare/compare-dialog'
import { DeletedDialog } from '../deleted/deleted-dialog'
import { ExportDialog } from '../exports/export-dialog'
import { LiveDialog } from '../live-session/live-dialog'
import { CtfDialog } from '../micrographs/ctf-dialog'
import { SpectrumDialog } from '../micrographs/spectrum-dialog'
import { AdoptDialog } from '../trainings/adopt-dialog'
import { TrainingsDialog } from '../trainings/trainings-dialog'
import { FoldersDialog } from '../uploads/folders-dialog'
import { WebhooksDialog } from '../webhooks/webhooks-dialog'
import { KeysDialog } from './keys-dialog'
import { SettingsDialog } from './settings-dialog'

/** The one dialog that is open, if any. */
export function Dialogs({ desk }: { desk: Desk }): JSX.Element | null {
  const { route } = useLocation()
  const close = (): void => {
    desk.dialog.value = null
  }
  const project = desk.state.project.value
  switch (desk.dialog.value) {
    case 'export':
      return <ExportDialog desk={desk} close={close} />
    case 'settings':
      return (
        project && (
          <SettingsDialog
            project={project}
            owns={desk.state.mayOwn.value}
            close={close}
            saved={() => undefined}
            webhooks={() => {
              desk.dialog.value = 'webhooks'
            }}
            change={values => desk.shared.change(null, values)}
            {...(desk.state.mayOwn.value && { deleted: () => route('/') })}
          />
        )
      )
    case 'keys':
      return <KeysDialog close={close} />
    case 'folders':
      return <FoldersDialog desk={desk} close={close} />
    case 'live':
      return <LiveDialog desk={desk} close={close} />
    case 'spectrum':
      return <SpectrumDialog desk={desk} close={close} />
    case 'ctf':
      return <CtfDialog desk={desk} close={close} />
    case 'trainings':
      return <TrainingsDialog desk={desk} close={close} />
    case 'adopt':
      return <AdoptDialog desk={desk} close={close} />
    case 'compare':
      return <CompareDialog desk={desk} close={close} />
    case 'deleted':
      return <DeletedDialog desk={desk} close={close} />
    case 'webhooks':
      return <WebhooksDialog project={desk.id} close={close} />
    default:
      return null
  }
}
