import type { LocationQueryValue, Router } from 'vue-router'
import type { usePastStore } from '../stores/past'

/** A moment as an address holds it; null = now. */
export function momentOf(at: LocationQueryValue | LocationQueryValue[] | undefined): number | null {
  const ms = typeof at === 'string' && /^\d{1,16}$/.test(at) ? Number(at) : Number.NaN
  return ms <= 8.64e15 ? ms : null
}

/**
 * Keeps the moment from page to page: a page that is opened from one of the past is of the same moment, and back and forward bring back what was shown, now or then. The store follows the address.
 */
export function keepMoment(router: Router, past: ReturnType<typeof usePastStore>): void {
  let isPop = false
  router.options.history.listen(() => (isPop = true))
  router.beforeEach((to) => {
    if (isPop || past.at === null || to.meta.needsCluster !== true || to.query.at !== undefined) return true
    return { ...to, query: { ...to.query, at: String(past.at) } }
  })
  router.afterEach((to, _, failure) => {
    isPop = false
    if (failure === undefined && to.meta.needsCluster === true) past.at = momentOf(to.query.at)
  })
}
