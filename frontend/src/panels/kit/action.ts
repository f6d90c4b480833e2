import { useState } from 'preact/hooks'
import { ApiError } from '../../api/client'

export interface Action {
  readonly busy: boolean
  readonly error: string
  /** Runs one request; its refusal becomes `error`. Answers whether it went through. */
  run(work: () => Promise<void>): Promise<boolean>
}

export function useAction(): Action {
  const [running, setRunning] = useState(0)
  const [error, setError] = useState('')
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    setRunning(count => count + 1)
    setError('')
    try {
      await work()
      return true
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause
      setError(cause.message)
      return false
    } finally {
      setRunning(count => count - 1)
    }
  }
  return { busy: running > 0, error, run }
}
