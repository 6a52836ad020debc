import { LineChart } from 'echarts/charts'
import { GridComponent, MarkAreaComponent } from 'echarts/components'
import type { ECharts, EChartsCoreOption } from 'echarts/core'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import type { Ref } from 'vue'
import { onBeforeUnmount, watch } from 'vue'
import type { BoxSize } from './use-box-size'

let registered = false
/** At first use, not at import: nothing runs when a module is loaded. */
function register(): void {
  if (!registered) use([LineChart, GridComponent, MarkAreaComponent, CanvasRenderer])
  registered = true
}

export interface Drawing {
  /** As long as it stays the same, `change` over what was drawn before gives the same picture as `whole`. */
  readonly shape: string
  whole(): EChartsCoreOption
  change(): EChartsCoreOption
}

/**
 * One ECharts instance over `box`. Set as a whole when its shape changes (merging keeps lines that are gone), else by its data alone. Nothing of it is
 * reactive: vue-echarts would watch every point of every series. null `drawing` = nothing to draw yet.
 */
export function useChart(
  box: Readonly<Ref<HTMLElement | null>>,
  size: Readonly<Ref<BoxSize>>,
  drawing: () => Drawing | null,
): void {
  let chart: ECharts | null = null
  let request = 0
  let shape = ''
  const draw = (): void => {
    request = 0
    const next = drawing()
    if (chart === null) return
    if (next === null) chart.clear()
    else if (next.shape === shape) chart.setOption(next.change(), { silent: true })
    else chart.setOption(next.whole(), { notMerge: true, silent: true })
    shape = next?.shape ?? ''
  }
  const schedule = (): void => {
    if (request === 0 && chart !== null) request = requestAnimationFrame(draw)
  }
  const resize = ({ width, height }: BoxSize): void => {
    const element = box.value
    if (element === null || width === 0 || height === 0) return
    if (chart === null) {
      register()
      chart = init(element, null, { renderer: 'canvas', width, height })
      // Nothing here is animated. Left to itself it asks for ten more frames after each drawing before it rests.
      chart.getZr().setSleepAfterStill(1)
      draw()
    } else chart.resize({ width, height })
  }
  watch(size, resize)
  onBeforeUnmount(() => {
    cancelAnimationFrame(request)
    chart?.dispose()
    chart = null
  })
  watch(drawing, schedule)
}
