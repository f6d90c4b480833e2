import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { Desk } from '../../desk/desk'
import type { Overview } from '../../desk/overview'
import { SHOWN } from '../../desk/turns'
import type { Counts } from '../../model/counts'
import type { ProjectState } from '../../model/project'
import { fromInput } from '../../uploads/chosen'
import { Choice } from '../kit/choice'
import { inFull, picksText, plural } from '../kit/format'
import { Button, Empty, IconButton, Progress } from '../kit/ui'
import { LiveStrip } from '../live-session/live-strip'
import { Activity } from '../uploads/activity'
import { addFiles } from '../uploads/drop-zone'
import { MicrographList } from './micrograph-list'

export function LeftPanel({ desk }: { desk: Desk }): JSX.Element {
  const empty = desk.state.micrographs.value.length === 0
  return (
    <aside class="panel panel-left" aria-label="Micrographs">
      <ListHead state={desk.state} counts={desk.counts} overview={desk.overview} />
      <ShownByQueue desk={desk} />
      <LiveStrip desk={desk} />
      <Activity state={desk.state} uploads={desk.uploads} coordinates={desk.coordinates} />
      {empty ? <NoMicrographs desk={desk} /> : <MicrographList desk={desk} />}
      {!empty && (
        <footer class="panel-foot">
          <AddButtons desk={desk} />
          <OpenDeleted desk={desk} />
        </footer>
      )}
    </aside>
  )
}

/** Which micrographs are listed, by the queue; nothing where there is none. */
function ShownByQueue({ desk }: { desk: Pick<Desk, 'state' | 'turns'> }): JSX.Element | null {
  const { turns, state } = desk
  if (!state.queue.used.value) return null
  return (
    <div class="queue-shown">
      <Choice
        label="Micrographs shown, by the queue"
        values={SHOWN}
        value={turns.shown.value}
        set={shown => {
          turns.shown.value = shown
        }}
        testid="queue-shown"
      />
      {turns.shown.value !== 'all' && (
        <span class="panel-note">{plural(turns.listed.value.length, 'micrograph')}</span>
      )}
    </div>
  )
}

interface HeadProps {
  state: ProjectState
  counts: Counts
  overview: Overview
}

function ListHead({ state, counts, overview }: HeadProps): JSX.Element {
  const all = counts.included.value
  const excluded = state.micrographs.value.length - all
  const labelled = counts.labelled.value
  const judged = counts.judged.value
  const { final, found } = counts.total.value
  const picked = counts.picked.value
  const notes = [
    `${inFull(labelled)} of ${inFull(all)} labelled`,
    judged > 0 && `${inFull(judged)} reviewed`,
    excluded > 0 && `${inFull(excluded)} excluded`,
  ]
  const now = state.travelling.value ? 'Now: ' : '' // while the canvas shows the past
  const said = now + notes.filter(Boolean).join(' · ')
  return (
    <header class="panel-head">
      <div class="panel-title">
        <h2>Micrographs</h2>
        <span class="bar-space" />
        <span
          class="panel-note"
          title={
            picked
              ? `${inFull(final)} final picks: ${inFull(found)} by the networks, the rest labelled by people`
              : 'Particles labelled by people. Downloads contain these until the networks have picked.'
          }
          data-testid="final-total"
        >
          {picksText(final, picked)}
        </span>
        <IconButton
          icon="overview"
          label="Overview of all micrographs (Shift O)"
          aria-pressed={overview.open.value}
          disabled={all === 0}
          onClick={() => overview.toggle()}
          data-testid="open-overview"
        />
      </div>
      <Progress value={all === 0 ? 0 : labelled / all} label="Micrographs labelled" />
      <span
        class="panel-note panel-line"
        title={`${said}. Labelled: with a label or a region. Reviewed: with a pick accepted, moved or rejected.`}
        data-testid="labelled"
      >
        {said}
      </span>
    </header>
  )
}

type Adding = Pick<Desk, 'state' | 'uploads' | 'coordinates' | 'dialog'>

function AddButtons({ desk }: { desk: Adding }): JSX.Element {
  const chooser = useRef<HTMLInputElement>(null)
  const locked = desk.state.lockedRun.value
  return (
    <>
      <input
        ref={chooser}
        type="file"
        multiple
        accept={accepted(desk.state.extensions.value)}
        class="sr-only"
        tabIndex={-1}
        aria-label="Choose micrograph files"
        data-testid="file-input"
        onChange={event => {
          addFiles(desk, fromInput(event.currentTarget.files ?? []))
          event.currentTarget.value = ''
        }}
      />
      <Button
        icon="plus"
        disabled={locked !== ''}
        title={locked || 'Choose micrographs on this computer'}
        onClick={() => chooser.current?.click()}
        data-testid="add-micrographs"
      >
        Add files
      </Button>
      <Button
        kind="quiet"
        icon="folder"
        disabled={locked !== ''}
        title={locked || 'Use a folder on the server in place'}
        onClick={() => {
          desk.dialog.value = 'folders'
        }}
        data-testid="open-folders"
      >
        Folder
      </Button>
    </>
  )
}

function OpenDeleted({ desk: { state, dialog } }: { desk: Adding }): JSX.Element | null {
  if (!state.mayManage.value) return null
  return (
    <IconButton
      icon="trash"
      label="Recently deleted micrographs"
      onClick={() => {
        dialog.value = 'deleted'
      }}
      data-testid="open-deleted"
    />
  )
}

function NoMicrographs({ desk }: { desk: Adding }): JSX.Element {
  return (
    <div class="panel-scroll">
      <Empty title="No micrographs yet">
        {desk.state.mayRun.value ? (
          <>
            <p>
              Drop motion-corrected images, or folders of them, anywhere on this page: MRC, TIFF, PNG or JPEG,
              as many as you like.
            </p>
            <div class="empty-buttons">
              <AddButtons desk={desk} />
              <OpenDeleted desk={desk} />
            </div>
            <p class="hint">Large data set on the server? Add its folder: the files stay where they are.</p>
          </>
        ) : (
          <p>They appear here as soon as someone adds them. {desk.state.lockedRun.value}</p>
        )}
      </Empty>
    </div>
  )
}

/** Choosers look at the last part of a name alone: `.gz` stands for `.mrc.gz`; the server refuses other archives. */
function accepted(extensions: readonly string[]): string {
  return [...new Set(extensions.map(extension => extension.slice(extension.lastIndexOf('.'))))].join()
}
