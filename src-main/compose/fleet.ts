/** The saved clusters beside each other, wired: how each stands, by whoever knows it. */
import type { ArmState } from '../contract/change'
import type { FleetDesk } from '../ipc/routes/fleet'
import { Fleet } from '../monitor/fleet'
import type { Clock } from '../ports/clock'
import type { HistoryFiles } from '../ports/history'
import type { Profiles } from '../profiles/profiles'
import type { ClusterKeeper } from './clusters'
import type { Telling } from './telling'

export interface FleetKeeper extends FleetDesk {
  readonly fleet: Fleet
}

export function createFleet(parts: {
  readonly clock: Clock
  readonly profiles: Pick<Profiles, 'saved' | 'find'>
  readonly clusters: () => ClusterKeeper
  readonly telling: () => Pick<Telling, 'clusters'>
  readonly armState: (cluster: string) => ArmState
  readonly history: HistoryFiles
  readonly bell: () => void
}): FleetKeeper {
  const { clock, profiles, clusters, telling, armState, history, bell } = parts
  const fleet = new Fleet({
    clock,
    bell,
    standings: () =>
      telling()
        .clusters()
        .map((one) => ({
          ...one,
          open: clusters().isOpen(one.cluster),
          readOnly: profiles.find(one.cluster)?.readOnly ?? true,
          armedUntil: armState(one.cluster).armedUntil,
        })),
  })
  return {
    fleet,
    show: (shown) => fleet.show(shown),
    read: (since) => fleet.read(since),
    readers: () =>
      profiles.saved().map(({ id: cluster, clusterId }) => ({
        cluster,
        reader: clusters().get(cluster)?.history?.reader ?? history.read({ cluster, clusterId }),
      })),
  }
}
