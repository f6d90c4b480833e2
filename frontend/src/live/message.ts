import type {
  Ctf,
  Job,
  LabelKind,
  LossPoint,
  Mark,
  Member,
  Micrograph,
  Person,
  Project,
  Training,
  VerdictKind,
} from '../model/types'

interface Put {
  id: string
  micrograph: number
  author: number | null
  created_at: string
}

type Corner = [x: number, y: number]

/** The closed set of changes that travel live. */
export type LiveEvent =
  | ({ type: 'label.put'; kind: LabelKind; x: number; y: number } & Put)
  | ({ type: 'region.put'; polygon: Corner[] } & Put)
  | ({
      type: 'verdict.put'
      kind: VerdictKind
      x: number
      y: number
      to_x: number | null
      to_y: number | null
    } & Put)
  | { type: 'label.deleted' | 'region.deleted' | 'verdict.deleted'; id: string; micrograph: number }
  | { type: 'micrograph.added' | 'micrograph.changed'; micrograph: Micrograph }
  | { type: 'micrograph.removed'; id: number }
  | { type: 'ctf.changed'; values: [micrograph: number, ctf: Ctf][] }
  | { type: 'project.changed'; project: Project }
  | { type: 'member.changed'; member: Member }
  | { type: 'member.removed'; id: number }
  | { type: 'job.changed'; job: Job }
  | { type: 'job.progress'; id: number; done: number; total: number; message: string; losses?: LossPoint[] }
  | { type: 'training.finished' | 'training.validated'; training: Training }
  | { type: 'training.made_current'; training: number }
  | { type: 'picks.added'; micrograph: number; training: number; count: number }

export type PutEvent = Extract<LiveEvent, Put>

/** One committed change as the server tells it. */
export interface Told {
  readonly sequence: number
  readonly event: LiveEvent
  readonly actor: number | null
  readonly operation: string | null
}

/** What a disconnected page offers the person; with `snapshot` it continues by itself from a new one. */
export type Offer = 'projects' | 'sign_in' | 'reload' | 'snapshot'

/** What the socket carries from the server. */
export type Message =
  | { readonly type: 'events'; readonly events: readonly Told[] }
  | { readonly type: 'presence'; readonly people: readonly Person[] }
  | { readonly type: 'caught_up'; readonly sequence: number }
  | { readonly type: 'bye'; readonly reason: string; readonly offer: Offer }

export function markOfEvent(event: PutEvent): Mark {
  const { id, micrograph, author, created_at: createdAt } = event
  const owned = { id, micrograph, author, createdAt }
  if (event.type === 'label.put') {
    return { type: 'label', ...owned, kind: event.kind, x: event.x, y: event.y }
  }
  if (event.type === 'region.put') {
    return { type: 'region', ...owned, polygon: event.polygon.map(([x, y]) => ({ x, y })) }
  }
  const { kind, x, y, to_x, to_y } = event
  const to = to_x == null || to_y == null ? null : { x: to_x, y: to_y }
  return { type: 'verdict', ...owned, kind, x, y, to }
}
