import type { Two } from '../../api/comparisons'
import type { ProjectState } from '../../model/project'

/** Key -> name of every set of picks that can be compared. */
export function comparable(
  state: Pick<ProjectState, 'members' | 'sources' | 'guess'>,
): Record<string, string> {
  const values: Record<string, string> = {
    networks: 'The networks',
    final: 'Final picks',
    labels: 'All labels',
  }
  // While the first guess is all that networks picked, it is what “the networks” means.
  for (const { id, kind, name } of state.sources.value)
    if (kind !== 'training' && id !== state.guess.value?.id) values[`source:${id}`] = name
  for (const { id, username } of state.members.value) values[`labels:${id}`] = `Labels of ${username}`
  return values
}

/** The networks and the newest other picks; where there are none, people's labels. */
export function likelyTwo(values: Readonly<Record<string, string>>): Two {
  const sources = Object.keys(values).filter(key => key.startsWith('source:'))
  return { first: 'networks', second: sources.at(-1) ?? 'labels' }
}
