/**
 * Pointer and keys on the lag chart. State: the moment that is pointed at is the caller's, shared by all of a page, and stays a moment: readings that come in
 * do not move it. Here are the drag under way, what is zoomed to, and the dot whose words are open, by its time.
 */
import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { snapped, stepped, timeOf, xOf, zoomOf } from './lag-cursor'
import type { LagLines, TimeSpan } from './lag-lines'
import type { Plot } from './lag-plot'
import { dotAt, nextDot } from './lag-rail'
import type { RailDot } from './lag-rail'

const STEP_PX = 3
const FAR = 10
const NEAR_DOT_PX = 8

export interface PointingParts {
  /** null = none. */
  readonly zoom: ShallowRef<TimeSpan | null>
  readonly data: () => LagLines
  readonly axis: () => TimeSpan
  readonly plot: () => Plot
  readonly dots: () => readonly RailDot[]
  /** NaN = none. */
  readonly pointed: () => number
  readonly point: (at: number) => void
  /** Enter where nothing happened. */
  readonly open: (at: number) => void
}

export interface Pointing {
  /** While it is dragged over. */
  readonly dragged: ComputedRef<TimeSpan | null>
  readonly opened: ComputedRef<RailDot | null>
  /** The moment was found by key: it is said. */
  readonly byKey: ShallowRef<boolean>
  openDot(dot: RailDot | null): void
  leaveZoom(): void
  onMove(event: PointerEvent): void
  onDown(event: PointerEvent): void
  onUp(event: PointerEvent): void
  onLeave(): void
  onBlur(): void
  onKey(event: KeyboardEvent): void
}

export function useLagPointing({ zoom, data, axis, plot, dots, pointed, point, open }: PointingParts): Pointing {
  const drag = shallowRef<{ readonly from: number; readonly to: number } | null>(null)
  const byKey = shallowRef(false)
  const openedAt = shallowRef(Number.NaN)
  const opened = computed(() => dots().find(({ at, until }) => at <= openedAt.value && until >= openedAt.value) ?? null)
  const timeIn = (event: PointerEvent): number => {
    const { left = 0 } = (event.currentTarget as Element | null)?.getBoundingClientRect() ?? {}
    return timeOf(event.clientX - left - plot().left, axis(), plot().width)
  }
  const reachMs = (px: number): number => (px / plot().width) * (axis().until - axis().from)

  function isInPlot(event: PointerEvent): boolean {
    const box = (event.currentTarget as Element | null)?.getBoundingClientRect()
    if (box === undefined) return false
    const x = event.clientX - box.left - plot().left
    const y = event.clientY - box.top
    return x >= -2 && x <= plot().width + 2 && y <= plot().top + plot().height
  }
  let last = { x: Number.NaN, y: Number.NaN }
  function onMove(event: PointerEvent): void {
    // Chromium tells a move of a pointer that rests when what is under it is laid out anew: nobody has pointed at another moment.
    if (event.clientX === last.x && event.clientY === last.y) return
    last = { x: event.clientX, y: event.clientY }
    byKey.value = false
    if (drag.value !== null) drag.value = { ...drag.value, to: timeIn(event) }
    else point(isInPlot(event) ? snapped(data(), axis(), timeIn(event)) : Number.NaN)
  }
  function onDown(event: PointerEvent): void {
    if (event.button !== 0 || !isInPlot(event)) return
    const at = timeIn(event)
    drag.value = { from: at, to: at }
    ;(event.currentTarget as Element | null)?.setPointerCapture(event.pointerId)
  }
  function onUp(event: PointerEvent): void {
    const held = drag.value
    drag.value = null
    if (held === null || event.type === 'pointercancel') return
    const to = zoomOf(held.from, timeIn(event), axis(), plot().width)
    if (to === null) return
    zoom.value = to
    point(Number.NaN)
  }
  function onLeave(): void {
    last = { x: Number.NaN, y: Number.NaN }
    if (drag.value === null && !byKey.value) point(Number.NaN)
  }
  function onBlur(): void {
    openedAt.value = Number.NaN
    if (byKey.value) point(Number.NaN)
    byKey.value = false
  }

  function go(at: number): void {
    byKey.value = true
    openedAt.value = Number.NaN
    point(at)
  }
  function move(direction: -1 | 1, far: boolean): void {
    const start = Number.isNaN(pointed()) ? snapped(data(), axis(), axis().until) : pointed()
    if (Number.isNaN(start)) return
    go(stepped(data(), axis(), start, direction * STEP_PX * (far ? FAR : 1), plot().width))
  }
  function jump(direction: -1 | 1): void {
    const start = Number.isNaN(pointed()) ? axis().until + 1 : pointed()
    const dot = nextDot(dots(), start, direction)
    if (dot !== null) go(snapped(data(), axis(), dot.at))
  }
  function enter(): boolean {
    if (Number.isNaN(pointed())) return false
    const dot = dotAt(dots(), pointed(), reachMs(NEAR_DOT_PX))
    byKey.value = true
    if (dot === null) open(pointed())
    else openedAt.value = dot.at
    return true
  }
  /** One thing at a time: words of events, the moment, the zoom. */
  function leave(): boolean {
    if (opened.value !== null) openedAt.value = Number.NaN
    else if (!Number.isNaN(pointed())) onBlur()
    else if (zoom.value !== null) zoom.value = null
    else return false
    if (!byKey.value) point(Number.NaN)
    return true
  }
  function onKey(event: KeyboardEvent): void {
    if (event.metaKey || event.altKey) return
    const { shiftKey: far, ctrlKey: ctrl } = event
    const act: Readonly<Record<string, () => unknown>> = {
      ArrowLeft: () => (ctrl ? jump(-1) : move(-1, far)),
      ArrowRight: () => (ctrl ? jump(1) : move(1, far)),
      Home: () => go(snapped(data(), axis(), axis().from)),
      End: () => go(snapped(data(), axis(), axis().until)),
      Enter: enter,
      Escape: leave,
      '0': () => {
        if (zoom.value === null) return false
        zoom.value = null
        return true
      },
    }
    const run = act[event.key]
    if (run === undefined || (ctrl && !event.key.startsWith('Arrow')) || run() === false) return
    event.preventDefault()
  }

  // What is pointed at or zoomed to and is not kept any more is let go.
  watch([axis, () => data().at[0] ?? Number.NaN], ([shown, oldest]) => {
    if (pointed() < shown.from || pointed() > shown.until) point(Number.NaN)
    if (zoom.value !== null && zoom.value.until < oldest) zoom.value = null
  })
  return {
    dragged: computed(() =>
      drag.value === null ||
      Math.abs(xOf(drag.value.to, axis(), plot().width) - xOf(drag.value.from, axis(), plot().width)) < 2
        ? null
        : { from: Math.min(drag.value.from, drag.value.to), until: Math.max(drag.value.from, drag.value.to) },
    ),
    opened,
    byKey,
    openDot: (dot) => {
      openedAt.value = dot?.at ?? Number.NaN
    },
    leaveZoom: () => {
      zoom.value = null
    },
    onMove,
    onDown,
    onUp,
    onLeave,
    onBlur,
    onKey,
  }
}
