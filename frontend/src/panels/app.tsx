import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { ApiError } from '../api/client'
import { getMe, type Me } from '../api/projects'
import { say, Toasts } from './kit/toasts'
import { ProjectPage } from './project/project-page'
import { ProjectsPage } from './projects/projects-page'
import { path, projectIn } from './router'

export const me = signal<Me | null>(null)

export function App(): JSX.Element {
  useEffect(() => void loadMe(), [])
  const project = projectIn(path.value)
  return (
    <>
      {project === null ? <ProjectsPage /> : <ProjectPage key={project} id={project} />}
      <Toasts />
    </>
  )
}

async function loadMe(): Promise<void> {
  try {
    me.value = await getMe()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.status === 401 || error.status === 403) location.assign(`/signin?next=${location.pathname}`)
    else say(error.message, 'error')
  }
}

export function Brand(): JSX.Element {
  return (
    <a class="brand" href="/" aria-label="CryoWeb, all projects" data-testid="home">
      <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 1.500l9 5.200v10.600l-9 5.200-9-5.200V6.700z" class="brand-shell" />
        <circle cx="12" cy="12" r="3.600" class="brand-core" />
      </svg>
      <span>CryoWeb</span>
    </a>
  )
}
