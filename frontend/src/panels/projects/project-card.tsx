import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { LABEL_KINDS } from '../../model/marks/mark'
import { type ListedProject, ROLES } from '../../wire'
import { figure, plural, shortTime } from '../kit/format'
import { Glyph, Icon } from '../kit/icons'
import { Avatar, IconButton } from '../kit/ui'

/** Faces shown on a card before the rest is a number. */
const FACES = 5

export function ProjectCard({ project, edit }: { project: ListedProject; edit: () => void }): JSX.Element {
  const { id, name, role, particle_diameter, pixel_size } = project
  return (
    <li class="card" data-testid="project-card">
      <a class="card-link" href={`/projects/${id}`}>
        <Cover address={project.cover} />
        <div class="card-text">
          <h2 title={name}>{name}</h2>
          <p class="card-facts">
            {particle_diameter === null
              ? 'Diameter not known yet'
              : `${figure(particle_diameter)} Å particles`}{' '}
            · {pixel_size ? `${figure(pixel_size)} Å/px` : 'pixel size from files'}
            {!ROLES[role].manages && ` · your role: ${role}`}
          </p>
          <Counts project={project} />
          <Quality project={project} />
        </div>
      </a>
      <div class="card-foot">
        <Faces project={project} />
        <span class="card-when" data-testid="card-when">
          Changed {shortTime(project.changed_at)}
          {project.changed_by && ` by ${project.changed_by}`}
        </span>
        {project.waiting > 0 && (
          <span class="card-waiting" data-testid="card-waiting">
            <Icon name="comment" size={14} />
            {plural(project.waiting, 'comment')} for you
          </span>
        )}
        {ROLES[role].manages && (
          <IconButton
            icon="settings"
            label={`Settings of ${name}`}
            onClick={edit}
            data-testid="card-settings"
          />
        )}
      </div>
    </li>
  )
}

function Cover({ address }: { address: string | null }): JSX.Element {
  const failed = useSignal(false)
  if (!address || failed.value)
    return (
      <div class="card-cover">
        <Icon name="gallery" size={28} />
        {!address && <span>No micrographs yet</span>}
      </div>
    )
  return (
    <img
      class="card-cover"
      src={address}
      alt=""
      loading="lazy"
      onError={() => {
        failed.value = true
      }}
      data-testid="card-cover"
    />
  )
}

function Counts({ project: { micrographs, picks, labels } }: { project: ListedProject }): JSX.Element {
  return (
    <p class="card-counts">
      <span>{plural(micrographs, 'micrograph')}</span>
      <span title="Network picks that pass the thresholds" data-testid="card-picks">
        {plural(picks, 'pick')}
      </span>
      {LABEL_KINDS.map(kind => (
        <span class="count" key={kind} title={`${kind} labels`}>
          <Glyph kind={kind} label={`${kind} labels`} />
          {labels[kind].toLocaleString('en')}
        </span>
      ))}
    </p>
  )
}

function Quality({ project: { quality, current_training } }: { project: ListedProject }): JSX.Element {
  const text = quality
    ? `Average precision ${quality.average_precision.toFixed(2)} on ${plural(quality.particles + quality.others, 'held-out label')}`
    : current_training === null
      ? 'Not trained yet'
      : 'Trained, not validated yet'
  return (
    <p class="card-facts" data-testid="card-quality">
      {text}
    </p>
  )
}

function Faces({ project: { members } }: { project: ListedProject }): JSX.Element {
  return (
    <span class="faces">
      {members.slice(0, FACES).map(member => (
        <Avatar key={member.id} id={member.id} name={member.username} note={member.role} />
      ))}
      {members.length > FACES && <span class="more">+{members.length - FACES}</span>}
    </span>
  )
}
