import type { Suggestion, Suggestions } from '../wire'
import { requestJson } from './client'

export const getSuggestions = async (project: number): Promise<readonly Suggestion[]> =>
  (await requestJson<Suggestions>('GET', `/api/v1/projects/${project}/suggestions`)).places
