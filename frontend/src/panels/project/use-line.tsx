import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { getProjectUse } from '../../api/projects'
import { useText } from './use-text'

/** What the project takes on the server. Empty until it is known: nothing else waits for it. */
export function UseLine({ project }: { project: number }): JSX.Element {
  const text = useSignal('')
  useEffect(() => {
    getProjectUse(project).then(
      use => {
        text.value = useText(use)
      },
      () => undefined,
    )
  }, [project])
  return (
    <p class="hint" data-testid="project-use">
      {text}
    </p>
  )
}
