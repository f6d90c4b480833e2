import type { Change } from '../marks/operation'
import { markOf } from '../marks/operation'
import type { ProjectState } from '../project'
import { type SettingName, shownValue, type Value } from '../setting'
import type { DeletionStep } from './history'

export const VERDICTS = { accept: 'accepted', reject: 'rejected', move: 'moved' } as const
const CLEARED = { accept: 'acceptance', reject: 'rejection', move: 'move' } as const

/** "12 rejected picks on 3 micrographs", "contamination label on mic_003". */
export function marksInWords(state: ProjectState, changes: readonly Change[]): string {
  const told = changes.some(change => !overruled(change)) ? changes.filter(c => !overruled(c)) : changes
  const counts = new Map<string, number>()
  for (const change of told) counts.set(inWords(change), (counts.get(inWords(change)) ?? 0) + 1)
  const parts = [...counts].map(([words, count]) => counted(count, words))
  return `${joined(parts)} on ${placesOf(state, changes)}`
}

/** A verdict that gives way to what is put in its place. */
function overruled({ before, after }: Change): boolean {
  return after === null && before?.type === 'verdict'
}

/** The noun comes last, so that it takes the plural. */
function inWords({ before, after }: Change): string {
  const mark = after ?? before
  if (mark?.type === 'verdict') return after ? `${VERDICTS[mark.kind]} pick` : `erased ${CLEARED[mark.kind]}`
  const noun = mark?.type === 'label' ? `${mark.kind} label` : 'contamination region'
  if (!after) return `erased ${noun}`
  if (!before) return noun
  const relabelled = before.type === 'label' && after.type === 'label' && before.kind !== after.kind
  if (relabelled) return `change to ${noun}`
  return after.type === 'label' ? `moved ${noun}` : `changed ${noun}`
}

function placesOf(state: ProjectState, changes: readonly Change[]): string {
  const places = new Set(changes.flatMap(change => markOf(change)?.micrograph ?? []))
  const [first = null] = places
  return places.size > 1 ? counted(places.size, 'micrograph') : nameOf(state, first)
}

interface Naming {
  readonly name: string
  /** Between the name and the micrograph. */
  readonly at?: 'on' | 'of'
  inWords(value: Value, state: ProjectState): string
}

const fixed = (value: Value): string => (value === null ? 'the project’s' : Number(value).toFixed(2))
const quoted = (value: Value): string => (value ? `“${value}”` : 'empty')
const inDiameters = (value: Value): string => (Number(value) === 0 ? 'off' : `${fixed(value)} ⌀`)

const SETTINGS: Record<SettingName, Naming> = {
  name: { name: 'project name', inWords: quoted },
  particle_diameter: {
    name: 'particle diameter',
    inWords: value => (value === null ? 'as suggested' : `${value} Å`),
  },
  pixel_size: {
    name: 'pixel size',
    inWords: value => (value === null ? 'read from each file' : `${value} Å/px`),
  },
  first_guess: { name: 'first guess', inWords: value => (value ? 'on' : 'off') },
  keep_training: { name: 'keep training', inWords: value => (value ? 'on' : 'off') },
  current_training: {
    name: 'current training',
    inWords: (value, state) => {
      const training = state.trainings.peek().find(({ id }) => id === value)
      return training ? `version ${training.version}` : 'another version'
    },
  },
  particle_threshold: { name: 'particle threshold', inWords: fixed },
  contamination_threshold: { name: 'contamination threshold', inWords: fixed },
  minimum_distance: { name: 'distance between picks', inWords: inDiameters },
  border_margin: { name: 'distance from the border', inWords: inDiameters },
  excluded: { name: 'exclusion', inWords: value => (value ? 'excluded' : 'included') },
  flagged: { name: 'flag', at: 'on', inWords: value => (value ? 'on' : 'off') },
  note: { name: 'note', at: 'on', inWords: quoted },
}

/** "particle threshold", "flag and note on mic_003". */
export function settingInWords(
  state: ProjectState,
  micrograph: number | null,
  names: readonly SettingName[],
): string {
  const all = joined(names.map(name => SETTINGS[name].name))
  if (micrograph === null) return all
  const last = names[names.length - 1]
  return `${all} ${(last && SETTINGS[last].at) ?? 'of'} ${nameOf(state, micrograph)}`
}

/** As it is now, or as `value`: "0.62", "version 3"; empty where there are several. */
export function valueInWords(
  state: ProjectState,
  micrograph: number | null,
  names: readonly SettingName[],
  values: Partial<Record<SettingName, Value>> | null = null,
): string {
  const [name, ...others] = names
  if (!name || others.length > 0) return ''
  const value = values ? (values[name] ?? null) : shownValue(state, micrograph, name)
  return SETTINGS[name].inWords(value, state)
}

/** "deletion of mic_003", "deletion of 3 micrographs". */
export function deletionInWords({ deleted }: DeletionStep): string {
  const [first] = deleted
  return `deletion of ${deleted.length === 1 && first ? first.name : counted(deleted.length, 'micrograph')}`
}

function nameOf(state: ProjectState, micrograph: number | null): string {
  return state.micrograph(micrograph)?.name ?? 'a removed micrograph'
}

/** "label", "3 labels", "2 changes to contamination label". */
function counted(count: number, words: string): string {
  if (count === 1) return words
  const [first = '', ...rest] = words.split(' to ')
  return [`${count.toLocaleString('en')} ${first}s`, ...rest].join(' to ')
}

function joined(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`
}
