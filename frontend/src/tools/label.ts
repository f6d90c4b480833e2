import { clampToImage, distance, insideImage, type Point } from '../geometry/point'
import { LAST, type Label } from '../model/marks/mark'
import type { LabelKind } from '../wire'
import { CLICK, type Hand, type Preview, type Tool } from './tool'

type State =
  | { readonly now: 'idle' }
  | { readonly now: 'placing'; readonly at: Point }
  | {
      readonly now: 'holding'
      readonly label: Label
      readonly start: Point
      readonly at: Point
      readonly moved: boolean
    }

/** A press places a label (a drag adjusts it before release); on a label that is there a drag moves that one. */
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
    const label = hand.labelNear(at)
    this.#state = label
      ? { now: 'holding', label, start: at, at: label, moved: false }
      : { now: 'placing', at }
  }

  move(at: Point): void {
    const hand = this.hand()
    const state = this.#state
    if (!hand) return
    if (state.now === 'placing') {
      this.#state = { now: 'placing', at: clampToImage(at, hand.width, hand.height) }
    } else if (state.now === 'holding') {
      const x = state.label.x + at.x - state.start.x
      const y = state.label.y + at.y - state.start.y
      const moved = state.moved || distance(at, state.start) > CLICK * hand.pixel
      this.#state = { ...state, at: clampToImage({ x, y }, hand.width, hand.height), moved }
    }
  }

  up(at: Point): void {
    this.move(at)
    const hand = this.hand()
    const state = this.#state
    this.#state = { now: 'idle' }
    if (!hand || state.now === 'idle') return
    if (state.now === 'placing') this.#place(hand, state.at)
    else if (state.moved) hand.commit([{ before: state.label, after: { ...state.label, ...state.at } }])
    else this.#warn(hand, state.label)
  }

  cancel(): void {
    this.#state = { now: 'idle' }
  }

  #place(hand: Hand, at: Point): void {
    const near = hand.labelNear(at)
    if (near) return this.#warn(hand, near)
    const { micrograph, author } = hand
    const id = hand.newId()
    const { x, y } = at
    const label: Label = {
      type: 'label',
      id,
      micrograph,
      kind: this.name,
      x,
      y,
      author,
      changedBy: null,
      order: LAST,
    }
    hand.select([])
    hand.commit([{ before: null, after: label }])
  }

  /** A second label on one particle teaches nothing; if the kind differs, the selection offers to change it. */
  #warn(hand: Hand, label: Label): void {
    hand.flash([label])
    if (label.kind === this.name) return hand.say('There is already a label here.')
    hand.select([{ type: 'label', mark: label }])
    const key = this.name[0]?.toUpperCase()
    hand.say(`There is a ${label.kind} label here. Shift ${key} makes it ${this.name}.`)
  }
}
