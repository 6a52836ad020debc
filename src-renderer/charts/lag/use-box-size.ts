import type { Ref, ShallowRef } from 'vue'
import { onBeforeUnmount, onMounted, shallowRef } from 'vue'

/** px, without borders; 0 until it is laid out. */
export interface BoxSize {
  readonly width: number
  readonly height: number
}

export function useBoxSize(box: Readonly<Ref<HTMLElement | null>>): ShallowRef<BoxSize> {
  const size = shallowRef<BoxSize>({ width: 0, height: 0 })
  const observer = new ResizeObserver(() => {
    const width = box.value?.clientWidth ?? 0
    const height = box.value?.clientHeight ?? 0
    if (width !== size.value.width || height !== size.value.height) size.value = { width, height }
  })
  onMounted(() => {
    if (box.value !== null) observer.observe(box.value)
  })
  onBeforeUnmount(() => observer.disconnect())
  return size
}
