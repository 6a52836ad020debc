import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'

const MOST = 8

/** What was chosen in the palette last, newest first, per cluster ('' = while none was open). */
export const useRecentStore = defineStore('recent', () => {
  const used = shallowReactive(new Map<string, readonly string[]>())
  return {
    of: (cluster: string): readonly string[] => used.get(cluster) ?? [],
    use(cluster: string, id: string): void {
      const before = used.get(cluster) ?? []
      used.set(cluster, [id, ...before.filter((other) => other !== id)].slice(0, MOST))
    },
  }
})
