import { eventMark, isDeletion, isPut, marksOf } from '../model/marks/mark'
import { insertByName } from '../model/micrographs/name-order'
import type { ProjectState } from '../model/project'
import type { LossPoint } from '../model/quality/losses'
import type { Averages, Ctf, Job, Micrograph, Project, Told } from '../wire'
import type { LiveEvent } from './message'

type Placed = Pick<Told, 'event' | 'operation' | 'sequence'>

/** Applies one committed change to the state; applying it twice changes nothing. */
export function applyEvent(state: ProjectState, { event, operation, sequence }: Placed): void {
  if (isPut(event)) return state.ledger.confirm(event.id, eventMark(event, sequence), operation)
  if (isDeletion(event)) return state.ledger.confirm(event.id, null, operation)
  switch (event.type) {
    case 'micrograph.added':
    case 'micrograph.changed':
      return applyMicrograph(state, event.micrograph)
    case 'micrographs.blind':
      for (const id of event.micrographs) state.changeMicrograph(id, { blind: true })
      return
    case 'micrograph.revealed':
      for (const mark of marksOf(event.marks, sequence)) state.ledger.confirm(mark.id, mark, null)
      return applyMicrograph(state, event.micrograph)
    case 'micrograph.removed':
      return removeMicrograph(state, event.id)
    case 'micrograph.restored':
      for (const mark of marksOf(event.marks, sequence)) state.ledger.confirm(mark.id, mark, null)
      return
    case 'assignments.changed':
      return applyAssignments(state, event)
    case 'ctf.changed':
      return applyCtf(state, new Map(event.values))
    case 'project.changed':
      return applyProject(state, event.project)
    case 'diameter.suggested':
      state.suggestedDiameter.value = event.suggested
      return
    case 'member.changed':
      state.members.value = put(state.members.value, event.member)
      return applyRole(state, event.member.id)
    case 'member.removed':
      state.members.value = without(state.members.value, event.id)
      return
    case 'job.changed':
    case 'job.progress':
      return applyJob(state, event)
    case 'training.made_current':
    case 'project.removed':
    case 'access.changed':
    case 'export.removed':
    case 'snapshot.removed':
    case 'project.restored':
    case 'marks.restored':
      return
    case 'training.finished':
    case 'training.validated':
      state.trainings.value = put(state.trainings.value, event.training)
      return
    case 'source.added':
    case 'source.changed':
      state.sources.value = put(state.sources.value, event.source)
      return
    case 'source.removed':
      state.sources.value = without(state.sources.value, event.id)
      state.sourceBlocks.remove(event.id)
      state.forgetPicks(event.id)
      return
    case 'averages.changed':
      return applyAverages(state, event.averages)
    case 'averages.deleted':
      state.averages.value = state.averages.value.filter(({ number }) => number !== event.number)
      return
    case 'watched.changed':
      state.watched.value = put(state.watched.value, event.watched)
      return
    case 'comment.changed':
      return state.comments.confirm(event.comment, operation)
    case 'picks.added':
      return applyPicks(state, event)
  }
}

/** Replaces the row of the same id in its place, or adds it at the end. */
function put<T extends { id: number }>(rows: readonly T[], row: T): readonly T[] {
  return rows.some(r => r.id === row.id) ? rows.map(r => (r.id === row.id ? row : r)) : [...rows, row]
}

function without<T extends { id: number }>(rows: readonly T[], id: number): readonly T[] {
  return rows.filter(row => row.id !== id)
}

function applyAverages(state: ProjectState, row: Averages): void {
  const others = state.averages.value.filter(({ number }) => number !== row.number)
  state.averages.value = [...others, row]
}

function applyProject(state: ProjectState, project: Project): void {
  state.project.value = project
  state.followCurrent()
  state.finals.forgetAll()
}

function applyRole(state: ProjectState, id: number): void {
  const you = state.you.value
  const member = state.members.value.find(m => m.id === id)
  if (you && member && you.id === id) state.you.value = { ...you, role: member.role }
}

function applyMicrograph(state: ProjectState, row: Micrograph): void {
  state.micrographs.value = insertByName(without(state.micrographs.value, row.id), row)
  state.finals.forget(row.id)
}

function removeMicrograph(state: ProjectState, id: number): void {
  for (const mark of Object.values(state.marks.of(id)).flat()) state.ledger.confirm(mark.id, null, null)
  state.comments.removeMicrograph(id)
  state.blocks.remove(id)
  state.queue.removeMicrograph(id)
  state.micrographs.value = without(state.micrographs.value, id)
}

function applyAssignments(
  state: ProjectState,
  event: Extract<LiveEvent, { type: 'assignments.changed' }>,
): void {
  state.queue.apply(event.assignments, event.removed)
  if (event.doubled.length === 0) return
  const doubled = new Set(event.doubled)
  state.micrographs.value = state.micrographs.value.map(row =>
    doubled.has(row.id) ? { ...row, double: true } : row,
  )
}

function applyCtf(state: ProjectState, values: ReadonlyMap<number, Ctf>): void {
  state.micrographs.value = state.micrographs.value.map(row => {
    const ctf = values.get(row.id)
    return ctf ? { ...row, ctf } : row
  })
}

type JobEvent = Extract<LiveEvent, { type: 'job.changed' | 'job.progress' }>

function applyJob(state: ProjectState, event: JobEvent): void {
  const id = event.type === 'job.changed' ? event.job.id : event.id
  const old = state.jobs.value.find(job => job.id === id)
  if (event.type === 'job.changed') {
    const job: Job = { ...event.job, losses: event.job.losses ?? old?.losses ?? [] }
    state.jobs.value = keep(job) ? put(state.jobs.value, job) : without(state.jobs.value, id)
  } else if (old) {
    const { done, total, message, losses } = event
    const job = { ...old, done, total, message, losses: joinLosses(old.losses ?? [], losses) }
    state.jobs.value = put(state.jobs.value, job)
  }
}

/** Ended imports and pickings leave the list; failed ones stay to be read, trainings to be looked at. */
function keep(job: Job): boolean {
  if (job.dismissed) return false
  return job.kind === 'train' || !['finished', 'cancelled'].includes(job.status)
}

function joinLosses(old: readonly LossPoint[], more: readonly LossPoint[]): LossPoint[] {
  const last = new Map(old.map(([network, step]) => [network, step]))
  return [...old, ...more.filter(([network, step]) => step > (last.get(network) ?? -1))]
}

function applyPicks(state: ProjectState, event: Extract<LiveEvent, { type: 'picks.added' }>): void {
  const { source, count } = event
  const micrograph = state.micrograph(event.micrograph)
  if (!micrograph || !state.blocks.prefers(source, micrograph.picks?.source)) return
  state.micrographs.value = put(state.micrographs.value, { ...micrograph, picks: { source, count } })
}
