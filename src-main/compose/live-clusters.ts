import { createLinks } from '../change/links/links'
import type { Links } from '../change/links/links'
import type { FindCluster, LiveCluster } from '../ports/live-cluster'
import type { ClusterProfile } from '../contract/profiles'
import { createClock } from '../ports/clock'
import type { ClusterSession } from '../monitor/session'
import { accessOf } from '../shared/shell-words'
import { principalOf } from './principal'

export interface LiveClusters {
  readonly find: FindCluster
  readonly linksOf: (cluster: LiveCluster) => Links
  /** Ends the links of a cluster that is being closed. */
  readonly closed: (cluster: string) => void
}

/** An opened session and its profile as what change/ works with. Name and rights are read from the profile each time: it may be edited while open. */
function liveCluster(
  session: ClusterSession,
  opened: ClusterProfile,
  findProfile: (id: string) => ClusterProfile | null,
): LiveCluster {
  const profile = (): ClusterProfile => findProfile(opened.id) ?? opened
  const principal = principalOf(opened)
  return {
    ...session.inside,
    id: opened.id,
    get name() {
      return profile().name
    },
    get environment() {
      return profile().environment
    },
    get readOnly() {
      return profile().readOnly
    },
    access: accessOf(opened),
    principal,
  }
}

/** State: per opened session one LiveCluster and, once asked for, its links. A cluster opened anew is another one, so it is not armed. */
export function createLiveClusters(options: {
  readonly session: (id: string) => ClusterSession | null
  readonly profile: (id: string) => ClusterProfile | null
}): LiveClusters {
  const clock = createClock()
  const live = new WeakMap<ClusterSession, LiveCluster>()
  const links = new Map<LiveCluster, Links>()
  return {
    find(id) {
      const session = options.session(id)
      if (session === null) return null
      const known = live.get(session)
      if (known !== undefined) return known
      const profile = options.profile(id)
      if (profile === null) return null
      const made = liveCluster(session, profile, options.profile)
      live.set(session, made)
      return made
    },
    linksOf(cluster) {
      const known = links.get(cluster)
      if (known !== undefined) return known
      const made = createLinks(cluster, clock)
      links.set(cluster, made)
      return made
    },
    closed(cluster) {
      for (const [one, made] of [...links]) {
        if (one.id !== cluster) continue
        made.close()
        links.delete(one)
      }
    },
  }
}
