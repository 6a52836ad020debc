import type { RouteLocationNormalizedLoaded, RouteLocationRaw } from 'vue-router'
import { queryOf, subjectOf } from './subject'

/** The timeline of what a page is of; of the cluster where it is of nothing narrower. */
export function timelineOfPage({ params }: Pick<RouteLocationNormalizedLoaded, 'params'>): RouteLocationRaw {
  const { topic = '', partition = '', broker = '' } = params
  return { name: 'timeline', query: queryOf(subjectOf({ topic, partition, broker })) }
}
