import type {
  ExportFormat,
  Job,
  Label,
  LabelKind,
  Mark,
  Member,
  Micrograph,
  Project,
  Region,
  Role,
  Training,
  Verdict,
  VerdictKind,
} from '../model/types'

type Corner = [x: number, y: number]
type LabelRow = [
  id: string,
  micrograph: number,
  kind: LabelKind,
  x: number,
  y: number,
  author: number | null,
  createdAt: string,
]
type RegionRow = [id: string, micrograph: number, polygon: Corner[], author: number | null, createdAt: string]
type VerdictRow = [
  id: string,
  micrograph: number,
  kind: VerdictKind,
  x: number,
  y: number,
  toX: number | null,
  toY: number | null,
  author: number | null,
  createdAt: string,
]

/** Everything of a project at one sequence number, as the server sends it. */
export interface Snapshot {
  sequence: number
  you: { id: number; username: string; role: Role }
  project: Project
  members: Member[]
  micrographs: Micrograph[]
  labels: LabelRow[]
  regions: RegionRow[]
  verdicts: VerdictRow[]
  trainings: Training[]
  jobs: Job[]
  formats: ExportFormat[]
  extensions: string[]
  tiles: string
}

function label([id, micrograph, kind, x, y, author, createdAt]: LabelRow): Label {
  return { type: 'label', id, micrograph, kind, x, y, author, createdAt }
}

function region([id, micrograph, corners, author, createdAt]: RegionRow): Region {
  const polygon = corners.map(([x, y]) => ({ x, y }))
  return { type: 'region', id, micrograph, polygon, author, createdAt }
}

function verdict([id, micrograph, kind, x, y, toX, toY, author, createdAt]: VerdictRow): Verdict {
  const to = toX === null || toY === null ? null : { x: toX, y: toY }
  return { type: 'verdict', id, micrograph, kind, x, y, to, author, createdAt }
}

export function marksOf(snapshot: Snapshot): Mark[] {
  return [...snapshot.labels.map(label), ...snapshot.regions.map(region), ...snapshot.verdicts.map(verdict)]
}
