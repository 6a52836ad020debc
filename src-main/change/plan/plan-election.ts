import type { ElectionPlan } from '../../contract/change'
import type { ElectionDraft } from '../../shared/draft'
import { topicIdOf } from '../../domain/topology/topic-index'
import { breather } from '../../ports/slices'
import { electionCommands } from './commands'
import { judgeElection } from './election/judge-election'
import { planElection } from './election/election-items'
import { reassignments, rebalances } from './facts/cluster-facts'
import { offlineOf } from './facts/partitions'
import { levelOf } from './needs'
import { replicationOf } from './replication-state'
import { stepFailed } from '../book/step'
import type { Step } from '../book/step'
import { minIsrByReading, writeCounts } from './writes'

const FRESH_MS = 2_000

/** The plan of a preferred leader election: which leaders move, which cannot and why, leaders per broker. Only partitions that move are sent. */
export async function planOfElection(step: Step, draft: ElectionDraft): Promise<ElectionPlan> {
  const { cluster, links, clock, signal } = step
  await cluster.freshReading(FRESH_MS)
  const asking = { cluster, links, clock, signal, answering: new Set(links.ids()), breathe: breather(clock) }
  const listed = cluster.reading()?.brokers.map(({ id }) => id) ?? []
  const [moves, byThemselves] = await Promise.all([reassignments(asking), rebalances(asking, listed)])
  step.reach('plan-read')
  const reading = cluster.reading()
  if (reading === null) throw stepFailed('unreachable', 'The cluster was not read yet', { text: 'not-read' })
  const { items, leaders } = planElection(reading, cluster.facts(), draft.partitions)
  const effects = judgeElection(items, leaders, {
    metadataAt: reading.metadataAt,
    offline: offlineOf(reading),
    reassignments: moves,
    rebalances: byThemselves,
  })
  const moving = items.filter(({ fate }) => fate === 'moves')
  const topics = [...new Set((moving.length > 0 ? moving : items).map(({ topic }) => topic))]
  const writes = writeCounts(reading, topics, minIsrByReading(reading), cluster.settings().version)
  return {
    kind: 'election',
    at: clock.now(),
    readAt: reading.metadataAt,
    clusterId: cluster.clusterId(),
    topics,
    topicIds: topics.map((topic) => topicIdOf(reading.topology, topic)),
    replication: topics.map((topic) => replicationOf(reading, topic) ?? []),
    effects,
    level: levelOf(effects, false),
    writes: { before: writes, after: writes },
    commands: electionCommands(cluster.access, items),
    partitions: items,
    leaders,
  }
}
