import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { getSnapshotAt, snapshotFileUrl } from '../../api/named-snapshots'
import type { NamedSnapshot } from '../../wire'
import { useAction } from '../kit/action'
import { plural } from '../kit/format'
import { Empty } from '../kit/ui'
import { PageBar } from '../page-bar'

/** What stands at the address that people cite. */
export function SnapshotPage({ project, number }: { project: number; number: number }): JSX.Element {
  const snapshot = useSignal<NamedSnapshot | null>(null)
  const { error, run } = useAction()
  useEffect(
    () =>
      void run(async () => {
        snapshot.value = await getSnapshotAt(project, number)
      }),
    [],
  )
  return (
    <div class="page">
      <PageBar />
      <main class="projects" data-testid="snapshot-page">
        {error && (
          <Empty title="There is no snapshot here">
            <p>{error}</p>
          </Empty>
        )}
        {snapshot.value && <Shown project={project} of={snapshot.value} />}
      </main>
    </div>
  )
}

function Shown({ project, of }: { project: number; of: NamedSnapshot }): JSX.Element {
  const { counts } = of
  return (
    <>
      <h1>{of.name}</h1>
      {of.note && <p>{of.note}</p>}
      <p>
        Made on {of.created_at.slice(0, 10)}
        {of.created_by && ` by ${of.created_by}`}
        {counts &&
          ` with ${plural(counts.micrographs, 'micrograph')}, ${plural(counts.labels, 'label')} and ${plural(counts.picks, 'final pick')}`}
        .
      </p>
      <p>
        SHA-256 <code data-testid="snapshot-hash">{of.sha256}</code>, of the text in{' '}
        <a href={snapshotFileUrl(project, of.number)} download>
          its file
        </a>
        : <code>zcat FILE | sha256sum</code> gives the same.
      </p>
      <p>
        <a href={`/projects/${project}`}>Open the project</a>, whose downloads can be made from this snapshot.
      </p>
    </>
  )
}
