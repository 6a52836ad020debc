import { useRoute, useRouter } from 'vue-router'
import { usePastStore } from '../../stores/past'

/** Moves every page to a moment of the past and back; from one that is of no cluster, to the board. A moment is a step in the history of the window, as a page is. */
export function useMoment(): { go: (at: number) => void; now: () => void } {
  const route = useRoute()
  const router = useRouter()
  const past = usePastStore()
  return {
    go(at) {
      const moment = { at: String(Math.round(at)) }
      void router.push(
        route.meta.needsCluster === true
          ? { path: route.path, query: { ...route.query, ...moment } }
          : { name: 'board', query: moment },
      )
    },
    now() {
      const query = { ...route.query }
      delete query['at']
      past.at = null
      void router.push({ path: route.path, query })
    },
  }
}
