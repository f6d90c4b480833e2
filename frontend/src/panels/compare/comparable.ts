import type { Two } from '../../api/comparisons'
import type { ProjectState } from '../../model/project'

/** Key -> name of every set of picks that can be compared. */
export function comparable(state: Pick<ProjectState, 'members' | 'sources'>): Record<string, string> {
  const values: Record<string, string> = {
    networks: 'The networks',
    final: 'Final picks',
    labels: 'All labels',
  }
  for (const { id, kind, name } of state.sources.value) if (kind !== 'training') values[`source:${id}`] = name
  for (const { id, username } of state.members.value) values[`labels:${id}`] = `Labels of ${username}`
  return values
}

/** The networks and the newest other picks; where there are none, people's labels. */
export function likelyTwo(values: Readonly<Record<string, string>>): Two {
  const sources = Object.keys(values).filter(key => key.startsWith('source:'))
  return { first: 'networks', second: sources.at(-1) ?? 'labels' }
}
