import { computed } from '@preact/signals'
import { ApiError } from '../api/client'
import type { Deletion } from '../live/deletion'
import type { ProjectState } from '../model/project'
import type { History, Step } from '../model/undo/history'
import { deletionInWords } from '../model/undo/step-words'
import type { Say } from './say'

/** What deleting needs of the desk. */
export interface DeletingHost {
  readonly state: ProjectState
  readonly editor: { readonly history: History }
  readonly deletion: Pick<Deletion, 'delete'>
  readonly undo: { back(step: Step): Promise<void> }
  readonly say: Say
}

/** Deletes micrographs, and offers to undo it for as long as that is the last word on them. */
export async function deleteHere(host: DeletingHost, micrographs: readonly number[]): Promise<void> {
  const { say } = host
  const reason = host.state.locked.peek()
  if (reason) return say(reason)
  try {
    const step = await host.deletion.delete(micrographs)
    const { history } = host.editor
    const undo = { label: 'Undo', run: () => void host.undo.back(step) }
    const over = computed(() => !history.steps.value.done.includes(step))
    say(`Done: ${deletionInWords(step)}. It can be restored for 30 days.`, 'info', undo, over)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    say(`Nothing was deleted. ${error.message}`, 'error')
  }
}
