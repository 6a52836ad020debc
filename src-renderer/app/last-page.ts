import type { Router } from 'vue-router'
import type { useClusterStore } from '../stores/cluster'
import type { useViewsStore } from '../stores/views'

/** Remembers which page of the open cluster is shown, for the next run: as it is then, not as it was at a moment of the past. */
export function keepLastPage(
  router: Router,
  cluster: ReturnType<typeof useClusterStore>,
  views: ReturnType<typeof useViewsStore>,
): void {
  router.afterEach(({ name, params, query, meta }, _, failure) => {
    if (failure !== undefined || meta.needsCluster !== true || cluster.cluster === null) return
    const { at, ...lasting } = query
    views.setLast(router.resolve({ name: name ?? '', params, query: at === undefined ? query : lasting }).fullPath)
  })
}
