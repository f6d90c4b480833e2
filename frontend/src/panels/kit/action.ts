import { useState } from 'preact/hooks'
import { ApiError } from '../../api/client'

export interface Action {
  readonly busy: boolean
  readonly error: string
  /** Runs one request; its refusal becomes `error`. Answers whether it went through. */
  run(work: () => Promise<void>): Promise<boolean>
}

export function useAction(): Action {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState('')
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true)
    setError('')
    try {
      await work()
      return true
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause
      setError(cause.message)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, run }
}
