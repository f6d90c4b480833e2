import { expect, test } from 'vitest'
import { inWords } from '../../../src/model/history/words'
import { ProjectState } from '../../../src/model/project'
import type { HistoryEntry } from '../../../src/wire'
import { entry } from '../../make'

const told = (change: Partial<HistoryEntry>): string =>
  inWords(new ProjectState(), entry(change)).join(' ').trim()

test.each([
  ['anna placed 34 particle labels', { count: 34, kinds: { particle: 34 } }],
  ['anna placed 3 labels (2 particle, 1 background)', { count: 3, kinds: { particle: 2, background: 1 } }],
  ['anna erased 1 label', { type: 'label.deleted', kinds: {} }],
  ['anna changed 2 particle labels', { type: 'label.changed', count: 2, kinds: { particle: 2 } }],
  ['anna drew 1 region', { type: 'region.put', kinds: {} }],
  ['anna rejected 5 picks, accepted 1 pick', { type: 'verdict.put', kinds: { reject: 5, accept: 1 } }],
  ['anna took back 2 verdicts', { type: 'verdict.deleted', count: 2, kinds: {} }],
  [
    'anna restored an earlier state: 3 marks back, 1 removed',
    { type: 'marks.restored', kinds: { back: 3, gone: 1, changed: 0 } },
  ],
  [
    'anna took back a restoration: 1 mark removed',
    { type: 'marks.restored', about: 'undo', kinds: { gone: 1 } },
  ],
  [
    'anna set the particle threshold to 0.62',
    { type: 'project.changed', changes: { particle_threshold: [0.5, 0.62] } },
  ],
  ['anna flagged it', { type: 'micrograph.changed', changes: { flagged: [false, true] } }],
  ['anna archived the project', { type: 'project.changed', changes: { archived: [false, true] } }],
  ['12 micrographs imported', { type: 'micrograph.added', actor: null, who: '', count: 12 }],
  ['Training 3 finished', { type: 'training.finished', actor: null, who: '', about: '3' }],
  ['Someone placed 1 particle label', { actor: null, who: '' }],
  ['anna made ben annotator', { type: 'member.changed', about: 'ben: annotator' }],
  ['carla joined as annotator', { type: 'member.joined', who: 'carla', about: 'carla: annotator' }],
  ['anna removed ben from the members', { type: 'member.removed', about: 'ben' }],
  ['anna removed a member', { type: 'member.removed' }],
  [
    'anna made a shared link for “Referees: two”',
    { type: 'access.changed', about: 'shared_link made: Referees: two' },
  ],
  ['anna revoked an invitation as viewer', { type: 'access.changed', about: 'invitation removed: viewer' }],
  ['anna removed a webhook', { type: 'access.changed', about: 'webhook removed: ' }],
  ['anna deleted the file of the snapshot “S1”', { type: 'snapshot.removed', about: 'S1' }],
  ['anna deleted the export “picks-csv.zip”', { type: 'export.removed', about: 'picks-csv.zip' }],
  ['anna handed mic_3 to ben', { type: 'assignments.given', name: 'mic_3', about: 'ben' }],
  [
    'anna handed 12 micrographs to ben, carla',
    { type: 'assignments.given', name: '', count: 12, about: 'ben, carla' },
  ],
  ['anna assigned mic_3 to themselves', { type: 'assignments.given', name: 'mic_3', about: '' }],
  ['anna took mic_3', { type: 'assignments.taken', name: 'mic_3' }],
  ['anna stopped working on mic_3', { type: 'assignments.put_down', name: 'mic_3' }],
  [
    'anna put 5 micrographs back into the queue',
    { type: 'assignments.freed', name: '', count: 5, about: '' },
  ],
  ['anna took 5 micrographs back from ben', { type: 'assignments.freed', name: '', count: 5, about: 'ben' }],
  ['anna finished mic_3', { type: 'assignments.finished', name: 'mic_3' }],
  ['anna reopened mic_3', { type: 'assignments.reopened', name: 'mic_3' }],
  ['anna accepted mic_3 of ben', { type: 'assignments.accepted', name: 'mic_3', about: 'ben' }],
  ['anna sent mic_3 back to ben', { type: 'assignments.sent_back', name: 'mic_3', about: 'ben' }],
  ['anna changed the queue', { type: 'assignments.changed' }],
  ['anna restored the micrograph', { type: 'micrograph.restored' }],
  ['anna deleted the project', { type: 'project.removed' }],
  ['anna restored the project', { type: 'project.restored' }],
  ['anna started a training', { type: 'job.changed', about: 'train queued' }],
  ['anna stopped the training', { type: 'job.changed', about: 'train running' }],
  ['anna put the failed import aside', { type: 'job.changed', about: 'import failed' }],
  ['anna asked for a snapshot', { type: 'job.changed', about: 'snapshot queued' }],
  ['anna something new', { type: 'something.new', kinds: {} }],
] as const)('%s', (words, change) => {
  expect(told(change)).toBe(words)
})
