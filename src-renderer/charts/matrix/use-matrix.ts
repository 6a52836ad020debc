import type { Ref, ShallowRef } from 'vue'
import { onBeforeUnmount, onMounted, shallowRef, watch } from 'vue'
import { useTokens } from '../tokens'
import type { MatrixCells } from './cells'
import type { MatrixLayout, MatrixZoom } from './layout'
import type { MatrixCanvas } from './matrix-canvas'
import { createMatrixCanvas } from './matrix-canvas'

interface MatrixSource {
  readonly cells: () => MatrixCells
  readonly read: () => (out: Uint8Array) => void
  readonly version: () => number
  readonly zoom: () => MatrixZoom
  readonly number: () => (cell: number) => number
}

/** Ties the canvas to its box (size, pixel ratio), the theme and the pushes: at most one paint per animation frame. */
export function useMatrix(
  box: Readonly<Ref<HTMLElement | null>>,
  canvas: Readonly<Ref<HTMLCanvasElement | null>>,
  source: MatrixSource,
): ShallowRef<MatrixLayout | null> {
  const layout = shallowRef<MatrixLayout | null>(null)
  const tokens = useTokens()
  let drawing: MatrixCanvas | null = null
  let pending: 'scene' | 'refresh' | null = null
  let request = 0

  function flush(): void {
    request = 0
    const what = pending
    pending = null
    const element = box.value
    if (drawing === null || element === null || element.clientWidth === 0) return
    if (what === 'refresh' && layout.value !== null) return void drawing.refresh()
    layout.value = drawing.setScene({
      cells: source.cells(),
      read: source.read(),
      zoom: source.zoom(),
      number: source.number(),
      tokens: tokens.value,
      width: element.clientWidth,
      height: element.clientHeight,
      ratio: window.devicePixelRatio,
    })
  }
  function schedule(what: 'scene' | 'refresh'): void {
    pending = pending === 'scene' ? 'scene' : what
    if (request === 0) request = requestAnimationFrame(flush)
  }
  const scrolled = (): void => drawing?.scrollTo(box.value?.scrollTop ?? 0)

  const observer = new ResizeObserver(() => schedule('scene'))
  onMounted(() => {
    if (canvas.value !== null) drawing = createMatrixCanvas(canvas.value)
    if (box.value === null) return
    observer.observe(box.value)
    box.value.addEventListener('scroll', scrolled, { passive: true })
    schedule('scene')
  })
  onBeforeUnmount(() => {
    observer.disconnect()
    cancelAnimationFrame(request)
  })
  watch([source.cells, source.read, source.zoom, source.number, tokens], () => schedule('scene'))
  watch(source.version, () => schedule('refresh'))
  return layout
}
