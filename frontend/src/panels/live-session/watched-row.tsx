import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { getWatched, stopWatching } from '../../api/watched'
import { onTheirWay } from '../../model/watched'
import type { Watched, WatchedDetail } from '../../wire'
import { useAction } from '../kit/action'
import { duration, inFull, shortTime } from '../kit/format'
import { Button, ErrorNote } from '../kit/ui'
import { LeftOutList } from '../uploads/left-out'
import { BehindText } from './behind'
import { DelayPlot } from './delay-plot'

interface Props {
  project: number
  watched: Watched
  mayRun: boolean
}

/** One watched folder: counts, delays, and the files that wait or are refused. */
export function WatchedRow({ project, watched, mayRun }: Props): JSX.Element {
  const detail = useSignal<WatchedDetail | null>(null)
  const { busy, error, run } = useAction()
  const { id, place, since, stopped_at, error: trouble } = watched
  useEffect(() => {
    void run(async () => {
      detail.value = await getWatched(project, id)
    })
  }, [watched])
  const { waiting = [], left_out = [], delays = [] } = detail.value ?? {}
  return (
    <section class="live-folder" aria-label={place} data-testid="watched" data-place={place}>
      <header class="live-head">
        <div>
          <p class="live-place">{place}</p>
          <p class="hint">
            {stopped_at ? `${shortTime(since)} to ${shortTime(stopped_at)}` : `Since ${shortTime(since)}`}
            {watched.subfolders && ', with subfolders'}
          </p>
        </div>
        {mayRun && stopped_at === null && (
          <Button
            disabled={busy}
            onClick={() => void run(async () => void (await stopWatching(project, id)))}
            data-testid="stop-watching"
          >
            Stop
          </Button>
        )}
      </header>
      {(trouble || error) && <ErrorNote>{trouble || error}</ErrorNote>}
      <Counts watched={watched} />
      {delays.length > 1 && <DelayPlot delays={delays} />}
      {waiting.length > 0 && (
        <div data-testid="watched-waiting">
          <p class="hint">Waiting until they are whole</p>
          <LeftOutList rows={waiting} />
        </div>
      )}
      {left_out.length > 0 && (
        <div data-testid="watched-refused">
          <p class="hint">Left out, and tried again when they change</p>
          <LeftOutList rows={left_out} />
        </div>
      )}
    </section>
  )
}

function Counts({ watched }: { watched: Watched }): JSX.Element {
  const { found, imported, picked, growing, refused, median_delay, newest_delay } = watched
  const delay = (seconds: number | null): string => (seconds === null ? '–' : duration(seconds))
  return (
    <>
      <dl class="live-counts" data-testid="watched-counts">
        <Count name="found" value={inFull(found)} />
        <Count name="imported" value={inFull(imported)} />
        <Count name="picked" value={inFull(picked)} />
        <Count name="on their way" value={inFull(onTheirWay(watched))} />
        <Count name="being written" value={inFull(growing)} />
        <Count name="refused" value={inFull(refused)} />
        <Count name="median delay" value={delay(median_delay)} />
        <Count name="newest delay" value={delay(newest_delay)} />
      </dl>
      {watched.stopped_at === null && watched.waiting_since && (
        <p class="hint">
          Now: <BehindText watched={watched} />, by the oldest micrograph without picks.
        </p>
      )}
    </>
  )
}

function Count({ name, value }: { name: string; value: string }): JSX.Element {
  return (
    <div class="live-count">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
