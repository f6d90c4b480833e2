import { useSignal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { ApiError } from '../api/client'
import { type Agreement, getAgreement } from '../api/projects'
import type { Desk } from '../desk/desk'

/** Milliseconds without changes before the server is asked: longer than it takes to share thresholds. */
const REST = 800

/** How good the picks are, where the truth is known: simulated and benchmark micrographs. */
export function QualityPanel({ desk }: { desk: Desk }): JSX.Element | null {
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
  const { precision, recall, f1, picks, matched, reference_particles } = agreement.value ?? {
    reference_particles: 0,
  }
  return (
    <section class="section" aria-label="Quality" data-testid="quality-panel">
      <div class="panel-title">
        <h2>Quality</h2>
        <span class="panel-note">against known truth</span>
      </div>
      <dl class="quality">
        <Measure
          name="Precision"
          value={precision}
          title="Share of the picks that are particles"
          testid="precision"
        />
        <Measure
          name="Recall"
          value={recall}
          title="Share of the particles that are picked"
          testid="recall"
        />
        <Measure name="F1" value={f1} title="Harmonic mean of precision and recall" testid="f1" />
      </dl>
      <p class="hint">
        {picks
          ? `${matched} of ${picks} picks lie on one of ${reference_particles} true particles.`
          : 'Train to see how well the networks find the particles.'}
      </p>
    </section>
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

interface MeasureProps {
  name: string
  value: number | undefined
  title: string
  testid: string
}

function Measure({ name, value, title, testid }: MeasureProps): JSX.Element {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd data-testid={testid}>{value === undefined ? '–' : value.toFixed(2)}</dd>
    </div>
  )
}
