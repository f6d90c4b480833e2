import type { HistoryEntry, VerdictKind } from '../../wire'
import type { ProjectState } from '../project'
import type { SettingName, Value } from '../setting'
import { settingInWords, VERDICTS, valueInWords } from '../undo/step-words'

/** What the list can be narrowed to, as the server names it, in the order in which they are offered. */
export const HISTORY_KINDS = {
  labels: 'Labels',
  verdicts: 'Accepted, rejected, moved',
  regions: 'Regions',
  restorations: 'Restored',
  micrographs: 'Micrographs',
  queue: 'Who labels what',
  trainings: 'Trainings',
  picks: 'Other picks',
  settings: 'Thresholds and settings',
  comments: 'Comments',
  members: 'Members, links, webhooks',
  work: 'Trainings, exports, snapshots asked for',
  folders: 'Watched folders',
} as const

const NOUNS: Readonly<Record<string, string>> = { label: 'label', region: 'region', verdict: 'verdict' }
const MARKS: Readonly<Record<string, string>> = {
  put: 'placed',
  changed: 'changed',
  deleted: 'erased',
  restored: 'restored',
}
const WORK: Readonly<Record<string, readonly [start: string, noun: string]>> = {
  import: ['started an import', 'import'],
  pick: ['started picking', 'picking'],
  train: ['started a training', 'training'],
  validate: ['asked for a validation', 'validation'],
  export: ['asked for an export', 'export'],
  snapshot: ['asked for a snapshot', 'snapshot'],
  average: ['asked for class averages', 'class averages'],
}
const LINKS: Readonly<Record<string, string>> = {
  invitation: 'an invitation',
  shared_link: 'a shared link',
  webhook: 'a webhook',
}
const COMMENTS: Readonly<Record<string, string>> = {
  added: 'commented',
  edited: 'edited a comment',
  resolved: 'resolved a thread',
  reopened: 'reopened a thread',
  deleted: 'deleted a comment',
  restored: 'brought a comment back',
}

/** What was done with micrographs, and of whom besides those of who did it. */
const QUEUE: Readonly<Record<string, (which: string, whom: string) => string>> = {
  given: (which, whom) => (whom ? `handed ${which} to ${whom}` : `assigned ${which} to themselves`),
  taken: which => `took ${which}`,
  put_down: which => `stopped working on ${which}`,
  freed: (which, whom) => (whom ? `took ${which} back from ${whom}` : `put ${which} back into the queue`),
  finished: which => `finished ${which}`,
  reopened: which => `reopened ${which}`,
  accepted: (which, whom) => `accepted ${which}${whom && ` of ${whom}`}`,
  sent_back: (which, whom) => `sent ${which} back${whom && ` to ${whom}`}`,
}

/** Who did it, and what: "Anna", "placed 34 particle labels". What nobody did begins with what happened. */
export function inWords(state: ProjectState, entry: HistoryEntry): readonly [who: string, what: string] {
  const who = entry.who || (entry.actor === null ? nobody(entry) : state.name(entry.actor))
  return [who, what(state, entry, who !== '')]
}

/** What no person does; all else somebody did whose account is gone. */
function nobody({ type }: HistoryEntry): string {
  return ['micrograph.added', 'training.finished', 'ctf.changed'].includes(type) ? '' : 'Someone'
}

function what(state: ProjectState, entry: HistoryEntry, byPerson: boolean): string {
  const { type, about, count, kinds } = entry
  const [noun = '', done = ''] = type.split('.')
  if (NOUNS[noun]) return marks(noun, done, entry)
  const queued = noun === 'assignments' && QUEUE[done]?.(entry.name || counted(count, 'micrograph'), about)
  if (queued) return queued
  switch (type) {
    case 'marks.restored':
      return `${about === 'undo' ? 'took back a restoration' : 'restored an earlier state'}: ${restoredInWords(kinds)}`
    case 'project.changed':
    case 'micrograph.changed':
      return settings(state, entry)
    case 'micrograph.added':
      return byPerson
        ? `imported ${counted(count, 'micrograph')}`
        : `${counted(count, 'micrograph')} imported`
    case 'micrograph.removed':
      return 'removed the micrograph'
    case 'micrograph.restored':
      return 'restored the micrograph'
    case 'project.removed':
      return 'deleted the project'
    case 'project.restored':
      return 'restored the project'
    case 'assignments.changed': // from before it was told what was done
      return 'changed the queue'
    case 'micrographs.blind':
      return 'started blind double labelling'
    case 'micrograph.revealed':
      return 'revealed the labels'
    case 'ctf.changed':
      return byPerson ? 'imported CTF values' : 'CTF values imported'
    case 'source.added':
      return `added the picks “${about}”`
    case 'source.changed':
      return `changed the picks “${about}”`
    case 'source.removed':
      return 'removed picks'
    case 'training.finished':
      return byPerson ? `imported networks as training ${about}` : `Training ${about} finished`
    case 'training.made_current':
      return `made training ${about} current again`
    case 'member.changed':
      return `made ${about.split(': ').join(' ')}`
    case 'member.joined':
      return `joined as ${about.split(': ')[1]}`
    case 'member.removed':
      return about ? `removed ${about} from the members` : 'removed a member'
    case 'access.changed':
      return access(about)
    case 'export.removed':
      return `deleted the export “${about}”`
    case 'snapshot.removed':
      return `deleted the file of the snapshot “${about}”`
    case 'averages.deleted':
      return `deleted the class averages ${about}`
    case 'job.changed':
      return work(about)
    case 'watched.changed':
      return `started or stopped watching ${about}`
    case 'comment.changed':
      return COMMENTS[about] ?? 'commented'
    default:
      return type.replaceAll('.', ' ').replaceAll('_', ' ')
  }
}

/** "export queued" -> "asked for an export"; "train cancelled" -> "stopped the training". */
function work(about: string): string {
  const [kind = '', status = ''] = about.split(' ')
  const [start, noun] = WORK[kind] ?? [about, kind]
  if (status === 'queued') return start
  return status === 'failed' ? `put the failed ${noun} aside` : `stopped the ${noun}`
}

/** "shared_link made: Referees" -> "made a shared link for Referees"; "invitation removed: viewer". */
function access(about: string): string {
  const [what = '', change = ''] = about.split(': ', 1)[0]?.split(' ') ?? []
  const name = about.slice(about.indexOf(': ') + 2)
  const done = change === 'removed' && what !== 'webhook' ? 'revoked' : change
  const whom = what === 'shared_link' ? ` for “${name}”` : what === 'invitation' ? ` as ${name}` : ''
  return `${done} ${LINKS[what] ?? what}${whom}`
}

/** "placed 34 particle labels", "rejected 5 picks", "placed 3 labels (2 particle, 1 background)". */
function marks(noun: string, done: string, { count, kinds }: HistoryEntry): string {
  const names = Object.keys(kinds)
  if (noun === 'verdict' && done === 'deleted') return `took back ${counted(count, 'verdict')}`
  if (noun === 'verdict' && done !== 'restored')
    return names
      .map(name => `${VERDICTS[name as VerdictKind]} ${counted(kinds[name] ?? 0, 'pick')}`)
      .join(', ')
  const verb = noun === 'region' && done === 'put' ? 'drew' : MARKS[done]
  if (names.length === 1) return `${verb} ${counted(count, `${names[0]} ${NOUNS[noun]}`)}`
  const each = names.map(name => `${kinds[name]} ${name}`).join(', ')
  return `${verb} ${counted(count, NOUNS[noun] ?? noun)}${each && ` (${each})`}`
}

/** "2 marks back, 1 removed". */
export function restoredInWords({
  back = 0,
  gone = 0,
  changed = 0,
}: Readonly<Record<string, number>>): string {
  const parts = Object.entries({ back, removed: gone, changed }).filter(([, count]) => count > 0)
  const words = parts.map(([done, count], i) => `${i === 0 ? counted(count, 'mark') : number(count)} ${done}`)
  return words.join(', ') || 'nothing'
}

/** Settings that undo knows in words; the others as they are called, without the underscores. */
const KNOWN = new Set<string>([
  'name',
  'particle_diameter',
  'pixel_size',
  'first_guess',
  'keep_training',
  'current_training',
  'particle_threshold',
  'contamination_threshold',
  'minimum_distance',
  'border_margin',
  'excluded',
  'flagged',
  'note',
])

function settings(state: ProjectState, { changes, type }: HistoryEntry): string {
  const all = Object.entries(changes).map(([name, [, after]]) => {
    if (name === 'excluded' || name === 'flagged')
      return { excluded: ['included it', 'excluded it'], flagged: ['took the flag off', 'flagged it'] }[name][
        Number(after)
      ]
    if (name === 'archived') return after ? 'archived the project' : 'unarchived the project'
    if (!KNOWN.has(name)) return `changed ${name.replaceAll('_', ' ')}`
    const setting = name as SettingName
    const value = valueInWords(state, null, [setting], { [setting]: after as Value })
    return `set the ${settingInWords(state, null, [setting])}${value && ` to ${value}`}`
  })
  return all.join(', ') || (type === 'project.changed' ? 'changed settings' : 'changed what is known of it')
}

function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`
}

const number = (count: number): string => count.toLocaleString('en')
