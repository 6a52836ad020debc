import { createLinks, type Links } from '../../src-main/change/links/links'
import type { LiveCluster } from '../../src-main/ports/live-cluster'
import type { ClusterSession } from '../../src-main/monitor/session'
import { clock, session } from './opened-session'

/** An opened session as a change sees it, with the profile of a cluster that may be written to. */
export function liveOf(of: ClusterSession, profile: Partial<LiveCluster> = {}): LiveCluster {
  return {
    ...of.inside,
    id: of.cluster,
    name: 'shop',
    environment: 'dev',
    readOnly: false,
    access: { bootstrap: ['127.0.0.1:19001'], secured: false },
    principal: 'User:ANONYMOUS',
    ...profile,
  }
}

export const linksOfSession = (): Links => createLinks(liveOf(session), clock)

/** Lets fake time pass until the work has settled. */
export async function settled<T>(work: Promise<T>, limitMs?: number): Promise<T> {
  let done = false
  const watched = work.finally(() => (done = true))
  watched.catch(() => undefined)
  await clock.until('the work has settled', () => done, limitMs)
  return watched
}
