import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { ApiError } from '../../api/client'
import { getAgreement } from '../../api/projects'
import type { Counts } from '../../model/counts'
import type { ProjectState } from '../../model/project'
import { measures, type Measures as Values } from '../../model/quality/validation'
import type { Agreement } from '../../wire'
import { Measures } from './measures'

/** Milliseconds without changes before the server is asked: longer than it takes to share thresholds. */
const REST = 800

interface Props {
  /** Its id. */
  project: number
  state: ProjectState
  counts: Counts
}

/** How good the picks are, where the truth is known: simulated and benchmark micrographs. */
export function KnownTruth({ project, state, counts }: Props): JSX.Element | null {
  const agreement = useSignal<Agreement | null>(null)
  const asked = useRef(false)
  const known = state.micrographs.value.some(row => row.has_reference)
  const picked = counts.picked.value
  useEffect(() => {
    if (!known || !picked) return
    const timer = setTimeout(
      () => {
        asked.current = true
        void load(project).then(found => (agreement.value = found ?? agreement.peek()))
      },
      asked.current ? REST : 0,
    )
    return () => clearTimeout(timer)
  }, [known, picked, state.current.value, state.project.value, counts.total.value])
  if (!known) return null
  return (
    <>
      <h3 class="panel-note">Final picks against known truth</h3>
      {picked && <Measures values={agreement.value && measuresOf(agreement.value)} testid="truth-" />}
      <p class="hint">
        {picked ? inWords(agreement.value) : 'Train to see how well the networks find the particles.'}
      </p>
    </>
  )
}

function measuresOf({ matched, picks, reference_particles }: Agreement): Values {
  return measures(matched, picks, reference_particles)
}

function inWords(agreement: Agreement | null): string {
  if (!agreement) return 'Comparing the picks …'
  const { picks, matched, reference_particles } = agreement
  return `${matched} of ${picks} picks match one of the ${reference_particles} true particles.`
}

async function load(project: number): Promise<Agreement | null> {
  try {
    return await getAgreement(project)
  } catch (error) {
    if (error instanceof ApiError) return null
    throw error
  }
}
