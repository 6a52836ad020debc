import { LineChart } from 'echarts/charts'
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import type { ECharts, EChartsCoreOption } from 'echarts/core'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import type { Ref } from 'vue'
import { onBeforeUnmount, onMounted, watch } from 'vue'

let registered = false
/** At first use, not at import: nothing runs when a module is loaded. */
function register(): void {
  if (!registered)
    use([LineChart, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, CanvasRenderer])
  registered = true
}

/**
 * One ECharts instance over `box`, always set as a whole (the option is small, and merging keeps lines that are gone). Nothing of it is
 * reactive: vue-echarts would watch every point of every series.
 */
export function useChart(box: Readonly<Ref<HTMLElement | null>>, option: () => EChartsCoreOption): void {
  let chart: ECharts | null = null
  let request = 0
  const draw = (): void => {
    request = 0
    chart?.setOption(option(), { notMerge: true, silent: true })
  }
  const schedule = (): void => {
    if (request === 0 && chart !== null) request = requestAnimationFrame(draw)
  }
  const resize = (): void => {
    const element = box.value
    if (element === null || element.clientWidth === 0 || element.clientHeight === 0) return
    if (chart === null) {
      register()
      chart = init(element, null, { renderer: 'canvas', width: element.clientWidth, height: element.clientHeight })
      // Nothing here is animated. Left to itself it asks for ten more frames after each drawing before it rests.
      chart.getZr().setSleepAfterStill(1)
      draw()
    } else chart.resize({ width: element.clientWidth, height: element.clientHeight })
  }
  const observer = new ResizeObserver(resize)
  onMounted(() => {
    if (box.value !== null) observer.observe(box.value)
  })
  onBeforeUnmount(() => {
    observer.disconnect()
    cancelAnimationFrame(request)
    chart?.dispose()
    chart = null
  })
  watch(option, schedule)
}
