import { type ComponentType, h, type JSX } from 'preact'
import { useEffect, useReducer } from 'preact/hooks'
import { say } from './toasts'

type Later<Props> = ComponentType<Props> & { preload(): Promise<void> }

/**
 * A part of the page in a file of its own, fetched by `preload` or when it is first shown. Where the file cannot be had
 * – no connection, or another version of CryoWeb since the page was opened – people are told, and `give` takes back
 * what opened it. `meanwhile` stands in its place.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  give: (props: Props) => void,
  meanwhile: JSX.Element | null = null,
): Later<Props> {
  let part: ComponentType<Props> | null = null
  const preload = async (): Promise<void> => {
    part ??= await load().catch(() => null)
  }
  const show = (props: Props): JSX.Element | null => {
    const [, again] = useReducer<number, void>(n => n + 1, 0)
    const shown = part
    useEffect(() => {
      if (shown) return // by what was shown, not by what is there: it may have come since
      void preload().then(() => {
        if (part) return again()
        say('This part of the page could not be loaded. Check your connection, or reload the page.', 'error')
        give(props)
      })
    }, [])
    return shown ? h(shown as ComponentType<object>, props) : meanwhile
  }
  return Object.assign(show, { preload })
}
