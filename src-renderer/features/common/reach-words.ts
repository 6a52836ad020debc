import type { ClusterSummary } from '@contract/summary'
import type { Say } from './say'

/** How far a statement about a broker or the cluster reaches, as a part of it: `of the 13 topics seen`, `of this cluster` where that is proven. */
export const reachWords = (say: Say, { reach, topics }: Pick<ClusterSummary, 'reach' | 'topics'>): string =>
  say.t(`board.reach.${reach}`, { n: say.f.count(topics) }, topics)
