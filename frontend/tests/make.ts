import type { Member } from '../src/model/averages/members'
import type { Label, Region, Verdict } from '../src/model/marks/mark'
import { MarkStore } from '../src/model/marks/marks'
import type { Rule } from '../src/model/picks/final'
import { PickBlock } from '../src/model/picks/picks'
import type {
  Assignment,
  AverageClass,
  Averages,
  Comment,
  HistoryEntry,
  Job,
  Micrograph,
  Operation,
  Past,
  Project,
  ServerLimits,
  Source,
  Training,
} from '../src/wire'

let last = 0
export const newId = (): string => `id-${++last}`

export function label(change: Partial<Label> = {}): Label {
  return {
    type: 'label',
    id: newId(),
    micrograph: 1,
    kind: 'particle',
    x: 100,
    y: 100,
    author: 7,
    changedBy: null,
    order: 1,
    ...change,
  }
}

export function verdict(change: Partial<Verdict> = {}): Verdict {
  return { ...label(), type: 'verdict', kind: 'accept', to: null, fit: null, ...change } as Verdict
}

export function region(corners: [number, number][], change: Partial<Region> = {}): Region {
  const { id, micrograph, author, changedBy, order } = label()
  const polygon = corners.map(([x, y]) => ({ x, y }))
  return { type: 'region', id, micrograph, author, changedBy, order, polygon, ...change }
}

/** What the server takes at most, and how it makes pictures. */
export function limits(): ServerLimits {
  return {
    least_labels: 5,
    corners: 500,
    operations: 1000,
    centres: 1000,
    tile: 512,
    crops: 64,
    crops_across: 8,
    coordinate_files: 32 * 2 ** 20,
    comment: 4000,
    claim_seconds: 600,
  }
}

/** A comment of Anna's, who is 7, that begins a thread; `thread` makes it an answer. */
export function comment(change: Partial<Comment> = {}): Comment {
  const id = change.id ?? 'c'
  return {
    id,
    thread: id,
    micrograph: 1,
    x: 10,
    y: 20,
    author: { id: 7, username: 'anna' },
    text: 'Is this ice?',
    sequence: 1,
    created_at: '2026-01-01T10:00:00Z',
    edited_at: null,
    resolved_at: null,
    resolved_by: null,
    deleted: false,
    mentions: [],
    ...change,
  }
}

/** Rows of a snapshot, as their columns. */
export function columns<T extends { id: string }>(rows: readonly T[]): Record<string, unknown[]> {
  const names = Object.keys(rows[0] ?? { id: '' }) as (keyof T & string)[]
  return Object.fromEntries(names.map(name => [name, rows.map(row => row[name])]))
}

/** A micrograph's row, of which nobody has said anything. */
export function micrographRow(change: Partial<Micrograph> = {}): Micrograph {
  return {
    id: 1,
    key: 'k',
    name: 'mic',
    file_name: 'mic.mrc',
    width: 1000,
    height: 800,
    pixel_size: 2,
    replaced_pixels: 0,
    levels: 2,
    picks: null,
    has_reference: false,
    created_at: '2026-01-01T00:00:00Z',
    particle_threshold: null,
    contamination_threshold: null,
    excluded: false,
    flagged: false,
    double: false,
    note: '',
    blind: false,
    ctf: null,
    ...change,
  }
}

/** A person's work on a micrograph, which they have not begun. */
export function assignment(change: Partial<Assignment> = {}): Assignment {
  return {
    id: 1,
    micrograph: 1,
    user: 7,
    assigned: false,
    assigned_by: null,
    claimed_at: null,
    active_at: null,
    seconds_worked: 0,
    done_at: null,
    reviewed_by: null,
    reviewed_at: null,
    sent_back: '',
    ...change,
  }
}

export function projectRow(change: Partial<Project> = {}): Project {
  return {
    id: 1,
    name: 'Small',
    particle_diameter: 160,
    diameter_provisional: false,
    pixel_size: null,
    archived: false,
    particle_threshold: 0.5,
    contamination_threshold: 0.5,
    minimum_distance: 0,
    border_margin: 0.5,
    current_training: null,
    first_guess: true,
    keep_training: false,
    ...change,
  }
}

/** What picks must pass on a micrograph of 1000 px; half of either score unless said otherwise. */
export function rule(change: Partial<Rule> = {}): Rule {
  const limits = { particle: 0.5, contamination: 0.5, minimumDistance: 0, borderMargin: 0 }
  return { ...limits, width: 1000, height: 1000, ...change }
}

/** Picks of rows x, y, particle score, contamination score. */
export function block(rows: readonly (readonly number[])[], source = 1): PickBlock {
  return new PickBlock(source, Float32Array.from(rows.flat()))
}

/** Of a training, unless said otherwise. */
export function source(change: Partial<Source> = {}): Source {
  return {
    id: 1,
    kind: 'training',
    name: 'Training 1',
    training: 1,
    threshold: null,
    lowest_score: null,
    highest_score: null,
    teaches: false,
    how: {},
    created_by: 7,
    created_at: '2026-01-01T00:00:00Z',
    ...change,
  }
}

/** A class of averages of ten picks. */
export function averageClass(change: Partial<AverageClass> = {}): AverageClass {
  return {
    number: 1,
    count: 10,
    particle_score: 0.9,
    contamination_score: 0.1,
    resolution: 12.5,
    ...change,
  }
}

/** Averages 1, which are ready; `status`: of their job. */
export function averagesRow(change: Partial<Averages> = {}, status: Job['status'] = 'finished'): Averages {
  return {
    number: 1,
    source: 1,
    source_name: 'Training 1',
    training: 1,
    job: job({ kind: 'average', status }),
    picks: 20,
    of: 20,
    done: 1,
    round: 3,
    size: 64,
    columns: 10,
    pixel_size: 4,
    diameter: 160,
    micrographs: null,
    least_particle: null,
    most_contamination: null,
    classes: [averageClass(), averageClass({ number: 2, count: 5 })],
    problem: null,
    created_by: 7,
    created_at: '2026-01-01T00:00:00Z',
    ...change,
  }
}

export function job(change: Partial<Job> = {}): Job {
  return {
    id: 1,
    kind: 'train',
    status: 'running',
    name: '',
    done: 0,
    total: 1,
    message: '',
    error: '',
    dismissed: false,
    created_by: 7,
    created_at: '2026-01-01T00:00:00Z',
    ...change,
  }
}

/** A pick of a class, on micrograph 1. */
export function member(change: Partial<Member> = {}): Member {
  return { micrograph: 1, x: 100, y: 100, particleScore: 0.9, contaminationScore: 0.1, fit: 0.8, ...change }
}

export function storeOf(...marks: (Label | Region | Verdict)[]): MarkStore {
  const store = new MarkStore()
  store.replace(marks)
  return store
}

export function put(mark: Label, operation = newId()): Operation {
  const { id, micrograph, kind, x, y } = mark
  return { operation, type: 'label.put', id, micrograph, kind, x, y }
}

export function training(change: Partial<Training> = {}): Training {
  return {
    id: 1,
    version: 1,
    created_at: '2026-01-01T00:00:00Z',
    created_by: 7,
    labels: { particle: 20, background: 10, contamination: 0 },
    has_contamination_network: false,
    losses: [],
    seconds: 12,
    validation: { average_precision: 0.9, best_f1: 0.85, particles: 4, others: 2, whole_micrographs: false },
    origin: null,
    ...change,
  }
}

/** An entry of the history: Anna, who is 7, placed a particle label on mic_001 at noon. */
export function entry(change: Partial<HistoryEntry> = {}): HistoryEntry {
  const until = change.until ?? '2026-01-01T12:00:00Z'
  return {
    first: 10,
    last: 10,
    since: until,
    until,
    actor: 7,
    who: 'anna',
    type: 'label.put',
    count: 1,
    micrograph: 1,
    micrographs: 1,
    name: 'mic_001',
    kinds: { particle: 1 },
    places: [[5, 7]],
    changes: {},
    about: '',
    ...change,
  }
}

/** Micrograph 1 as of event 10, with its labels. */
export function past(labels: readonly Label[], change: Partial<Past> = {}): Past {
  const rows = labels.map(({ id, micrograph, author, changedBy, kind, x, y }) => ({
    id,
    micrograph,
    author,
    changed_by: changedBy,
    created_at: '2026-01-01T00:00:00Z',
    kind,
    x,
    y,
  }))
  const none = { id: [], micrograph: [], author: [], changed_by: [], created_at: [] }
  return {
    sequence: 10,
    at: '2026-01-01T12:00:00Z',
    project: projectRow(),
    micrograph: micrographRow(),
    source: null,
    source_kept: true,
    previous: 8,
    following: 12,
    labels:
      rows.length > 0 ? (columns(rows) as unknown as Past['labels']) : { ...none, kind: [], x: [], y: [] },
    regions: { ...none, polygon: [] },
    verdicts: { ...none, kind: [], x: [], y: [], to_x: [], to_y: [], fit: [] },
    ...change,
  }
}
