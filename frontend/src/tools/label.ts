import { clampToImage, distance, insideImage, type Point } from '../geometry/point'
import type { Label, LabelKind } from '../model/types'
import type { Hand, Preview, Tool } from './tool'

/** Closer than this share of the diameter to a label, a press means that label. */
const SAME = 0.3

type State =
  | { readonly now: 'idle' }
  | { readonly now: 'placing'; readonly at: Point }
  | { readonly now: 'dragging'; readonly label: Label; readonly start: Point; readonly at: Point }

/** Press places a label (drag adjusts it before release); press on a label drags it or changes its kind. */
export class LabelTool implements Tool {
  #state: State = { now: 'idle' }

  constructor(
    readonly name: LabelKind,
    readonly hand: () => Hand | null,
  ) {}

  get preview(): Preview | null {
    return this.#state.now === 'idle' ? null : { ring: { at: this.#state.at, style: this.name } }
  }

  down(at: Point): void {
    const hand = this.hand()
    if (!hand || !insideImage(at, hand.width, hand.height)) return
    const hit = hand.hit(at)
    if (hit?.type === 'label' && distance(hit.mark, at) <= Math.max(SAME * hand.diameter, 6 * hand.pixel)) {
      this.#state = { now: 'dragging', label: hit.mark, start: at, at: hit.mark }
    } else {
      this.#state = { now: 'placing', at }
    }
  }

  move(at: Point): void {
    const hand = this.hand()
    const state = this.#state
    if (!hand) return
    if (state.now === 'placing') {
      this.#state = { now: 'placing', at: clampToImage(at, hand.width, hand.height) }
    } else if (state.now === 'dragging') {
      const x = state.label.x + at.x - state.start.x
      const y = state.label.y + at.y - state.start.y
      this.#state = { ...state, at: clampToImage({ x, y }, hand.width, hand.height) }
    }
  }

  up(at: Point): void {
    this.move(at)
    const hand = this.hand()
    const state = this.#state
    this.#state = { now: 'idle' }
    if (!hand || state.now === 'idle') return
    if (state.now === 'placing') this.#place(hand, state.at)
    else this.#change(hand, state.label, state.at)
  }

  cancel(): void {
    this.#state = { now: 'idle' }
  }

  #place(hand: Hand, { x, y }: Point): void {
    const { micrograph, author } = hand
    const id = hand.newId()
    const label: Label = { type: 'label', id, micrograph, kind: this.name, x, y, author, createdAt: '' }
    hand.commit([{ before: null, after: label }])
  }

  #change(hand: Hand, label: Label, { x, y }: Point): void {
    if (label.kind === this.name && x === label.x && y === label.y) {
      hand.say(`There is a ${this.name} label here already. Drag to move it, erase with E.`)
      return
    }
    hand.commit([{ before: label, after: { ...label, kind: this.name, x, y } }])
  }
}
