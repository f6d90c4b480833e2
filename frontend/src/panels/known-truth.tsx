import { useSignal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { ApiError } from '../api/client'
import { type Agreement, getAgreement } from '../api/projects'
import type { Desk } from '../desk/desk'
import { Measures } from './measures'

/** Milliseconds without changes before the server is asked: longer than it takes to share thresholds. */
const REST = 800

/** How good the picks are, where the truth is known: simulated and benchmark micrographs. */
export function KnownTruth({ desk }: { desk: Desk }): JSX.Element | null {
  const agreement = useSignal<Agreement | null>(null)
  const known = desk.state.micrographs.value.some(row => row.has_reference)
  useSignalEffect(() => {
    desk.counts.version.value
    desk.state.project.value
    if (!desk.state.micrographs.value.some(row => row.has_reference)) return
    const timer = setTimeout(() => void load(desk.id).then(found => (agreement.value = found)), REST)
    return () => clearTimeout(timer)
  })
  if (!known) return null
  const { picks, matched, reference_particles } = agreement.value ?? { reference_particles: 0 }
  return (
    <>
      <h3 class="panel-note">Final picks against known truth</h3>
      <Measures values={agreement.value} />
      <p class="hint">
        {picks
          ? `${matched} of ${picks} picks lie on one of ${reference_particles} true particles.`
          : 'Train to see how well the networks find the particles.'}
      </p>
    </>
  )
}

async function load(project: number): Promise<Agreement | null> {
  try {
    return await getAgreement(project)
  } catch (error) {
    if (error instanceof ApiError) return null
    throw error
  }
}
