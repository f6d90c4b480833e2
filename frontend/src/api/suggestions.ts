import type { Suggestion, Suggestions } from '../wire'
import { requestJson } from './client'

export const getSuggestions = async (project: number): Promise<readonly Suggestion[]> =>
  (await requestJson<Suggestions>('GET', `/api/projects/${project}/suggestions`)).places
