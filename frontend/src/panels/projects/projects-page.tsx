import { type Signal, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { listDeletedProjects } from '../../api/deleted'
import { listProjects } from '../../api/projects'
import { chooseProjects, type ProjectChoice, type ProjectSort } from '../../model/project-list'
import { type Deleted, type ListedProject, ROLES } from '../../wire'
import { DeletedProjects } from '../deleted/deleted-projects'
import { useAction } from '../kit/action'
import { Choice } from '../kit/choice'
import { Button, Empty, ErrorNote } from '../kit/ui'
import { PageBar } from '../page-bar'
import { SettingsDialog } from '../project/settings-dialog'
import { NewProjectDialog } from './new-project-dialog'
import { ProjectCard } from './project-card'

export function ProjectsPage(): JSX.Element {
  const { route } = useLocation()
  const projects = useSignal<readonly ListedProject[] | null>(null)
  const deleted = useSignal<readonly Deleted[]>([])
  const choice = useSignal<ProjectChoice>({ sort: 'changed', text: '' })
  const creating = useSignal(false)
  const editing = useSignal<ListedProject | null>(null)
  const action = useAction()
  const load = (): void =>
    void action.run(async () => {
      ;[projects.value, deleted.value] = await Promise.all([listProjects(), listDeletedProjects()])
    })
  useEffect(() => {
    document.title = 'CryoWeb'
    load()
  }, [])
  const create = (): void => {
    creating.value = true
  }
  const shown = chooseProjects(projects.value ?? [], choice.value)
  return (
    <div class="page">
      <PageBar />
      <main class="projects">
        <div class="projects-head">
          <h1>Projects</h1>
          {(projects.value?.length ?? 0) > 1 && <Search choice={choice} />}
          <Button kind="primary" icon="plus" onClick={create} data-testid="new-project">
            New project
          </Button>
        </div>
        {action.error && <ErrorNote>{action.error}</ErrorNote>}
        {projects.value?.length === 0 && <Welcome create={create} />}
        {projects.value && projects.value.length > 0 && shown.length === 0 && (
          <NothingFound choice={choice} />
        )}
        <Cards
          projects={shown}
          searching={choice.value.text !== ''}
          edit={project => {
            editing.value = project
          }}
        />
        <DeletedProjects rows={deleted.value} changed={load} />
      </main>
      {creating.value && (
        <NewProjectDialog
          close={() => {
            creating.value = false
          }}
          created={project => route(`/projects/${project.id}`)}
        />
      )}
      {editing.value && (
        <SettingsDialog
          project={editing.value}
          owns={ROLES[editing.value.role].owns}
          close={() => {
            editing.value = null
          }}
          saved={load}
          deleted={() => {
            editing.value = null
            load()
          }}
        />
      )}
    </div>
  )
}

const SORTS: Record<ProjectSort, string> = { changed: 'Last change', name: 'Name' }

function Search({ choice }: { choice: Signal<ProjectChoice> }): JSX.Element {
  return (
    <search class="projects-search">
      <input
        class="input"
        type="search"
        placeholder="Project or person"
        aria-label="Part of the name of a project or person"
        value={choice.value.text}
        onInput={event => {
          choice.value = { ...choice.value, text: event.currentTarget.value }
        }}
        data-testid="search-projects"
      />
      <Choice
        label="Sort by"
        values={SORTS}
        value={choice.value.sort}
        set={sort => {
          choice.value = { ...choice.value, sort }
        }}
        testid="sort-projects"
      />
    </search>
  )
}

function NothingFound({ choice }: { choice: Signal<ProjectChoice> }): JSX.Element {
  const { text } = choice.value
  return (
    <Empty title={`Nothing found for “${text.trim()}”`}>
      <p>None of your projects has this in its name or in the name of a member.</p>
      <Button
        onClick={() => {
          choice.value = { ...choice.value, text: '' }
        }}
      >
        Show all projects
      </Button>
    </Empty>
  )
}

interface CardsProps {
  projects: readonly ListedProject[]
  /** Whether only some are shown: then those in the archive are seen at once. */
  searching: boolean
  edit: (project: ListedProject) => void
}

function Cards({ projects, searching, edit }: CardsProps): JSX.Element {
  const active = projects.filter(project => !project.archived)
  const archived = projects.filter(project => project.archived)
  return (
    <>
      <ul class="cards" data-testid="projects">
        {active.map(project => (
          <ProjectCard key={project.id} project={project} edit={() => edit(project)} />
        ))}
      </ul>
      {archived.length > 0 && (
        <details class="archived" open={searching}>
          <summary data-testid="archived">Archived ({archived.length})</summary>
          <ul class="cards">
            {archived.map(project => (
              <ProjectCard key={project.id} project={project} edit={() => edit(project)} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Welcome({ create }: { create: () => void }): JSX.Element {
  return (
    <Empty title="Pick your first particles">
      <ol class="steps">
        <li>Create a project for one kind of particle and add its micrographs.</li>
        <li>Mark a few particles, some background, and contamination where there is any – together, live.</li>
        <li>Train. Two small networks learn from your marks within a minute and pick every micrograph.</li>
        <li>Set the thresholds, correct what is wrong, download coordinates for RELION, EMAN2 and others.</li>
      </ol>
      <Button kind="primary" icon="plus" onClick={create}>
        New project
      </Button>
      <p class="hint">Have you been invited? Open the invitation link you were sent.</p>
    </Empty>
  )
}
