import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { Toasts } from './kit/toasts'
import { loadMe } from './me'
import { ProjectPage } from './project/project-page'
import { ProjectsPage } from './projects/projects-page'
import { path, projectIn } from './router'

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
