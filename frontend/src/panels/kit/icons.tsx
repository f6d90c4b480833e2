import type { JSX } from 'preact'

const PATHS = {
  select: 'M5 3l14 9-6 1.5L9.5 19z',
  box: 'M4 8V4h4M10 4h4M16 4h4v4M20 10v4M20 16v4h-4M14 20h-4M8 20H4v-4M4 14v-4',
  lasso:
    'M12 4c2 0 3.500.3 5 1M19 6.500c2 1.800 2.300 4 .8 6M17.500 14c-1.500 1-3.300 1.600-5.500 1.600M9 15.400C7 15 5.500 14.300 4.400 13.200M3.400 11.500c-.8-2.300 0-4.300 2-5.700M7.500 4.800C8.500 4.400 9.600 4.200 10.500 4.100',
  target: 'M12 3v5M12 16v5M3 12h5M16 12h5M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
  flag: 'M6 21V4M6 4h12l-3 4 3 4H6',
  ruler: 'M4 16L16 4l4 4L8 20zM7 13l2 2M10 10l2 2M13 7l2 2',
  move: 'M12 3v18M3 12h18M12 3l-3 3M12 3l3 3M12 21l-3-3M12 21l3-3M3 12l3-3M3 12l3 3M21 12l-3-3M21 12l-3 3',
  erase: 'M8 20h12M5 15l9-9a2 2 0 0 1 3 0l3 3a2 2 0 0 1 0 3l-8 8H9l-4-4a1 1 0 0 1 0-1zM10 10l6 6',
  region:
    'M12 4c5 0 9 2.5 9 6s-4 6-9 6c-1 0-2 0-3-.3M9 15.700C5.500 15 3 12.800 3 10c0-3.500 4-6 9-6M9 15.700a2 2 0 1 1-3 1.500c0-1 1-2 3-1.500zM6.500 18.500c0 1.500-1 2-1.500 2.500',
  polygon: 'M5 8l8-4 7 6-3 9-10 1zM4 7h2v2H4zM12 3h2v2h-2zM19 9h2v2h-2zM16 18h2v2h-2zM6 19h2v2H6z',
  undo: 'M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  redo: 'M15 14l5-5-5-5M20 9H10a6 6 0 0 0 0 12h3',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.500l4.500 4.500L19 7',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  comment: 'M4 5h16v11h-9l-4 4v-4H4zM8 9h8M8 12h5',
  pin: 'M12 21s7-6.200 7-11a7 7 0 0 0-14 0c0 4.800 7 11 7 11zM12 7.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z',
  pencil: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  queue: 'M9 6h11M9 12h11M9 18h11M4 5.500l1 1 2-2M4 11.500l1 1 2-2M4 17.500l1 1 2-2',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14c2 .7 3.200 2.700 3.500 6',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 4.500v5M8 14.500v5',
  keyboard: 'M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M7 14h10',
  folder: 'M3 6h6l2 2h10v11H3z',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.500 11v5M13.500 11v5',
  warning: 'M12 4l9.500 16h-19zM12 10v4M12 17h.01',
  signout: 'M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9',
  up: 'M6 15l6-6 6 6',
  down: 'M6 9l6 6 6-6',
  plane: 'M4 3v17h17M9 13h.01M11 9h.01M14 14h.01M15 7h.01M18 10h.01M12 16h.01',
  curve: 'M4 3v17h17M7 6c1 7 4 9 12 10',
  overview: 'M3 4h18v16H3zM3 12h18M9 4v16M15 4v16',
  gallery: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  averages: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  history: 'M4 12a8 8 0 1 0 2.500-5.800L4 8.500M4 4v4.500h4.500M12 8v4.500l3 2',
  next: 'M9 5l7 7-7 7',
  previous: 'M15 5l-7 7 7 7',
} as const

export type IconName = keyof typeof PATHS

/** A line icon of the text's colour and size; says nothing to screen readers. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}

interface GlyphProps {
  kind: 'particle' | 'background' | 'contamination' | 'pick'
  /** The label for screen readers, if there is no text next to it. */
  label?: string
}

/** The sign of a kind of mark, in its colour, with the shape it has on the canvas. */
export function Glyph({ kind, label }: GlyphProps): JSX.Element {
  return (
    <svg
      class={`glyph glyph-${kind}`}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      role="img"
      aria-label={label}
      aria-hidden={!label}
    >
      {kind === 'particle' && (
        <>
          <circle cx="7" cy="7" r="5" />
          <circle cx="7" cy="7" r="0.9" class="glyph-fill" />
        </>
      )}
      {kind === 'background' && <path d="M2.500 2.500h9v9h-9zM5 7h4" />}
      {kind === 'contamination' && (
        <path d="M7 1.200L12.800 7 7 12.800 1.200 7zM5.500 5.500l3 3M8.500 5.500l-3 3" />
      )}
      {kind === 'pick' && <circle cx="7" cy="7" r="5" />}
    </svg>
  )
}
