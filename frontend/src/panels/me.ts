import { signal } from '@preact/signals'
import { ApiError } from '../api/client'
import { getMe } from '../api/projects'
import type { Me } from '../wire'
import { say } from './kit/toasts'

/** Who is signed in; null until it is known. */
export const me = signal<Me | null>(null)

/** Asks who is signed in; where nobody is, leaves for the sign-in page. */
export async function loadMe(): Promise<void> {
  try {
    me.value = await getMe()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.status === 401 || error.status === 403) location.assign(`/signin?next=${location.pathname}`)
    else say(error.message, 'error')
  }
}
