import { useEffect, useState } from 'preact/hooks'
import { ApiError } from '../../api/client'
import { getTraining } from '../../api/trainings'
import type { Training, TrainingDetail } from '../../wire'

/** A training with all details, fetched again when it has been validated; null until loaded. */
export function useTraining(training: Training | null): TrainingDetail | null {
  const [detail, setDetail] = useState<TrainingDetail | null>(null)
  const id = training?.id ?? null
  useEffect(() => {
    let wanted = id !== null
    if (id !== null) void load(id).then(found => wanted && found && setDetail(found))
    return () => {
      wanted = false
    }
  }, [id, training?.validation])
  return detail?.id === id ? detail : null
}

async function load(id: number): Promise<TrainingDetail | null> {
  try {
    return await getTraining(id)
  } catch (error) {
    if (error instanceof ApiError) return null
    throw error
  }
}
