import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { LocationProvider, lazy, Route, Router } from 'preact-iso'
import { Toasts } from './kit/toasts'
import { loadMe } from './me'
import { ProjectsPage } from './projects/projects-page'

/** Links to these addresses are followed without loading the page anew; all else is the browser's. */
const OURS = /^\/(projects\/\d+)?$/

const SnapshotPage = lazy(async () => (await import('./snapshot/snapshot-page')).SnapshotPage)
/** A file of its own: the list of projects is there before the viewer is loaded. */
const ProjectPage = lazy(async () => (await import('./project/project-page')).ProjectPage)

export function App(): JSX.Element {
  useEffect(() => {
    void loadMe()
    void ProjectPage.preload()
  }, [])
  return (
    <LocationProvider scope={OURS}>
      <Router>
        <Route path="/projects/:id" component={Project} />
        <Route path="/projects/:id/snapshots/:number" component={Snapshot} />
        <Route default component={ProjectsPage} />
      </Router>
      <Toasts />
    </LocationProvider>
  )
}

function Snapshot({ id, number }: { id: string; number: string }): JSX.Element {
  return <SnapshotPage key={`${id} ${number}`} project={Number(id)} number={Number(number)} />
}

function Project({ id }: { id: string }): JSX.Element {
  return <ProjectPage key={id} id={Number(id)} />
}
