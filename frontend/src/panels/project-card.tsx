import type { JSX } from 'preact'
import type { ProjectSummary } from '../api/projects'
import { LABEL_KINDS } from '../model/types'
import { plural, shortTime } from './format'
import { Glyph } from './icons'
import { Avatar, IconButton } from './ui'

/** Faces shown on a card before the rest is a number. */
const FACES = 5

export function ProjectCard({ project, edit }: { project: ProjectSummary; edit: () => void }): JSX.Element {
  const { id, name, role, particle_diameter, pixel_size, micrographs, labels, members } = project
  return (
    <li class="card" data-testid="project-card">
      <a class="card-link" href={`/projects/${id}`}>
        <h2>{name}</h2>
        <p class="card-facts">
          {particle_diameter} Å particles · {pixel_size ? `${pixel_size} Å/px` : 'pixel size from files'}
        </p>
        <p class="card-counts">
          <strong>{plural(micrographs, 'micrograph')}</strong>
          {LABEL_KINDS.map(kind => (
            <span class="count" key={kind} title={`${kind} labels`}>
              <Glyph kind={kind} label={`${kind} labels`} />
              {labels[kind].toLocaleString('en')}
            </span>
          ))}
        </p>
      </a>
      <div class="card-foot">
        <span class="faces">
          {members.slice(0, FACES).map(member => (
            <Avatar key={member.id} id={member.id} name={member.username} note={member.role} />
          ))}
          {members.length > FACES && <span class="more">+{members.length - FACES}</span>}
        </span>
        <span class="card-when">
          {role} · {shortTime(project.updated_at)}
        </span>
        {role === 'owner' && (
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
