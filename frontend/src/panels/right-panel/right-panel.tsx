import type { JSX } from 'preact'
import type { Desk } from '../../desk/desk'
import { QualityPanel } from '../quality/quality-panel'
import { TrainPanel } from '../trainings/train-panel'
import { OtherPicksPanel } from './other-picks-panel'
import { ScoreMapPanel } from './score-map-panel'
import { ThresholdsPanel } from './thresholds-panel'
import { ViewPanel } from './view-panel'

/** Sections that never change their height by themselves come first (docs/decisions/0029). */
export function RightPanel({ desk }: { desk: Desk }): JSX.Element {
  return (
    <div class="panel-scroll">
      <ViewPanel desk={desk} />
      <TrainPanel desk={desk} />
      <ThresholdsPanel desk={desk} />
      <OtherPicksPanel desk={desk} />
      <ScoreMapPanel desk={desk} />
      <QualityPanel desk={desk} />
    </div>
  )
}
