import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { behind } from '../../model/watched'
import type { Watched } from '../../wire'
import { duration, inFull } from '../kit/format'

/** How far picking is behind the microscope, counting on between two messages of the server. */
export function BehindText({ watched }: { watched: Watched }): JSX.Element {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const late = behind(watched, now)
  if (late !== null) return <span>picking {duration(late)} behind</span>
  return <span>{inFull(watched.picked)} picked</span>
}
