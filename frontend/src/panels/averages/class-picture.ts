import type { CSSProperties } from 'preact'
import type { Averages } from '../../wire'

/** Shows one average of the picture in which all of a round lie in rows. `place`: from 0, the largest class first. */
export function classPicture(
  { columns, classes }: Pick<Averages, 'columns' | 'classes'>,
  url: string,
  place: number,
): CSSProperties {
  const rows = Math.ceil((classes?.length ?? 1) / columns)
  const share = (at: number, count: number): string => `${count > 1 ? (at / (count - 1)) * 100 : 0}%`
  return {
    backgroundImage: `url("${url}")`,
    backgroundSize: `${columns * 100}% ${rows * 100}%`,
    backgroundPosition: `${share(place % columns, columns)} ${share(Math.floor(place / columns), rows)}`,
  }
}
