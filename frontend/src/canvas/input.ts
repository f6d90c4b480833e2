import type { Point } from '../geometry/point'
import type { Press } from '../tools/tool'
import { Fingers } from './fingers'
import type { InputHandlers } from './input-handlers'

type Gesture =
  | { readonly by: 'tool'; readonly pointer: number; readonly watching: boolean }
  | { readonly by: 'pan'; readonly pointer: number; last: Point }

/**
 * Decides who gets a pointer: tools take the primary button ahead of the viewer (capture phase), the middle button
 * and space pan under any tool, a tool that lets the viewer pan only watches, the wheel stays the viewer's. Fingers
 * have rules of their own; a pen works as the mouse does.
 */
export class PointerInput {
  #gesture: Gesture | null = null
  readonly #fingers: Fingers

  constructor(
    readonly stage: HTMLElement,
    readonly handlers: InputHandlers,
  ) {
    this.#fingers = new Fingers(handlers)
    const listen = (
      type: 'pointerdown' | 'pointermove' | 'pointerup',
      run: (e: PointerEvent) => void,
    ): void => stage.addEventListener(type, run, { capture: true })
    listen('pointerdown', event => this.#down(event))
    listen('pointermove', event => this.#move(event))
    listen('pointerup', event => this.#up(event))
    stage.addEventListener('wheel', event => this.#wheel(event), { capture: true, passive: false })
    stage.addEventListener('pointercancel', () => this.cancel(), { capture: true })
    stage.addEventListener('contextmenu', event => event.preventDefault())
    stage.addEventListener('pointerleave', () => handlers.hover(null))
  }

  /** Cancels the current gesture: Escape, another micrograph, another tool. */
  cancel(): void {
    this.handlers.tool().cancel()
    this.#gesture = null
    this.#fingers.cancel()
    this.handlers.changed()
  }

  #down(event: PointerEvent): void {
    if (event.pointerType === 'pen') this.#fingers.pen = true
    if (this.#gesture) return event.pointerType === 'touch' ? event.stopPropagation() : undefined
    const at = this.#place(event)
    if (event.pointerType === 'touch') {
      this.#own(event)
      return this.#fingers.down(event.pointerId, at)
    }
    const image = this.handlers.toImage(at)
    if (!image) return
    if (event.button === 1 || (event.button === 0 && this.handlers.panning())) {
      this.#gesture = { by: 'pan', pointer: event.pointerId, last: at }
      this.#own(event)
    } else if (event.button === 2) {
      this.handlers.context(image)
    } else if (event.button === 0) {
      const tool = this.handlers.tool()
      const press = this.#pressOf(event)
      const watching = tool.pans?.(press) ?? false
      this.#gesture = { by: 'tool', pointer: event.pointerId, watching }
      if (!watching) this.#own(event)
      tool.down(image, press)
      this.handlers.changed()
    }
  }

  #move(event: PointerEvent): void {
    const at = this.#place(event)
    if (event.pointerType === 'touch') {
      event.stopPropagation()
      return this.#fingers.move(event.pointerId, at)
    }
    const image = this.handlers.toImage(at)
    this.handlers.hover(image)
    const gesture = this.#gesture
    if (!gesture || gesture.pointer !== event.pointerId) return
    if (gesture.by === 'pan') {
      this.handlers.pan(at.x - gesture.last.x, at.y - gesture.last.y)
      gesture.last = at
      event.stopPropagation()
    } else if (image) {
      if (!gesture.watching) event.stopPropagation()
      this.handlers.tool().move(image)
      this.handlers.changed()
    }
  }

  #up(event: PointerEvent): void {
    if (event.pointerType === 'touch') {
      event.stopPropagation()
      return this.#fingers.up(event.pointerId, this.#place(event))
    }
    const gesture = this.#gesture
    if (!gesture || gesture.pointer !== event.pointerId) return
    this.#gesture = null
    const image = this.handlers.toImage(this.#place(event))
    if (gesture.by === 'pan' || !gesture.watching) event.stopPropagation()
    if (gesture.by === 'tool') {
      if (image) this.handlers.tool().up(image)
      else this.handlers.tool().cancel()
    }
    this.handlers.changed()
  }

  #wheel(event: WheelEvent): void {
    // Some systems turn the wheel sideways while Shift is held.
    if (!this.handlers.wheel(event.deltaY || event.deltaX, this.#pressOf(event))) return
    event.preventDefault()
    event.stopPropagation()
  }

  #own(event: PointerEvent): void {
    event.stopPropagation()
    event.preventDefault()
    this.stage.setPointerCapture(event.pointerId)
    this.stage.focus({ preventScroll: true })
  }

  #pressOf({ shiftKey, altKey }: MouseEvent): Press {
    const { shift, alt } = this.handlers.press()
    return { shift: shift || shiftKey, alt: alt || altKey }
  }

  #place(event: PointerEvent): Point {
    const box = this.stage.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
}
