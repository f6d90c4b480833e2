import type { Suggestion } from '../model/suggestion'
import { requestJson } from './client'

export const getSuggestions = async (project: number): Promise<readonly Suggestion[]> =>
  (await requestJson<{ places: Suggestion[] }>('GET', `/api/projects/${project}/suggestions`)).places
