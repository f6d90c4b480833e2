import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { LocationProvider, Route, Router } from 'preact-iso'
import { Toasts } from './kit/toasts'
import { loadMe } from './me'
import { ProjectPage } from './project/project-page'
import { ProjectsPage } from './projects/projects-page'

/** Links to these addresses are followed without loading the page anew; all else is the browser's. */
const OURS = /^\/(projects\/\d+)?$/

export function App(): JSX.Element {
  useEffect(() => void loadMe(), [])
  return (
    <LocationProvider scope={OURS}>
      <Router>
        <Route path="/projects/:id" component={Project} />
        <Route default component={ProjectsPage} />
      </Router>
      <Toasts />
    </LocationProvider>
  )
}

function Project({ id }: { id: string }): JSX.Element {
  return <ProjectPage key={id} id={Number(id)} />
}
