/** What a test puts between a change and its cluster: what happens at which moment, and what becomes of a write and its answer. */
import type { Checkpoint } from '../../src-main/change/book/checkpoints'
import type { LiveCluster } from '../../src-main/ports/live-cluster'
import { PortError } from '../../src-main/ports/cluster-port'
import type { AlterAnswer, BrokerLink, ElectionAnswer } from '../../src-main/ports/cluster-port'

export interface Hooks {
  readonly reach: (point: Checkpoint) => void
  /** Around a write that counts; trial runs do not pass here. */
  readonly send: (send: () => Promise<AlterAnswer>, broker: number) => Promise<AlterAnswer>
  readonly elect: (send: () => Promise<ElectionAnswer>, broker: number) => Promise<ElectionAnswer>
  readonly beforeReading: () => Promise<unknown>
  /** '' = the cluster's own. */
  readonly clusterId: string
}

const AS_IS: Hooks = {
  reach: () => undefined,
  send: (send) => send(),
  elect: (send) => send(),
  beforeReading: () => Promise.resolve(),
  clusterId: '',
}

/** An answer that did not come, as a link tells it. */
export const LOST = new PortError('timeout', 'timeout', 'no answer within 10 s', 0, '', true)

export interface HookedCluster {
  readonly hook: (some: Partial<Hooks>) => void
  readonly clear: () => void
  readonly reach: (point: Checkpoint) => void
  /** The cluster as read-only as new ones are, seen through the hooks. */
  readonly between: (live: LiveCluster) => LiveCluster
}

export function hookedCluster(): HookedCluster {
  let hooks = AS_IS
  const hooked = (link: BrokerLink): BrokerLink => {
    const alter = link.alterConfigs.bind(link)
    const elect = link.electPreferred.bind(link)
    return Object.assign(link, {
      electPreferred: ((partitions, timeoutMs) =>
        hooks.elect(() => elect(partitions, timeoutMs), link.address.id)) satisfies BrokerLink['electPreferred'],
      alterConfigs: ((changes, validateOnly, timeoutMs) => {
        const send = (): Promise<AlterAnswer> => alter(changes, validateOnly, timeoutMs)
        return validateOnly ? send() : hooks.send(send, link.address.id)
      }) satisfies BrokerLink['alterConfigs'],
    })
  }
  return {
    hook: (some) => {
      hooks = { ...AS_IS, ...some }
    },
    clear: () => {
      hooks = AS_IS
    },
    reach: (point) => hooks.reach(point),
    between: (live) => ({
      ...live,
      readOnly: true,
      clusterId: () => (hooks.clusterId === '' ? live.clusterId() : hooks.clusterId),
      freshReading: async (timeoutMs) => {
        await hooks.beforeReading()
        return live.freshReading(timeoutMs)
      },
      link: (broker) => {
        const link = live.link(broker)
        return link === null ? null : hooked(link)
      },
    }),
  }
}
