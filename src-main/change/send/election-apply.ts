import { ELECTION_BATCH } from '../../contract/change'
import type { ChangeView, ElectionItem, ElectionPlan, PlanConflict } from '../../contract/change'
import { extentOf } from '../book/fold'
import { FRESH_MS, notFresh } from './apply'
import { batchesOf, sendBatches } from './batches'
import { isConflict, NO_CONFLICT, otherCluster, replicationConflicts } from '../plan/compare'
import { sendElection } from './election-send'
import { leaderNow, settleElection } from '../settle/election-settle'
import { ailingNow, plannedMinIsr, whyWorse } from '../plan/health'
import { pause } from '../book/step'
import type { Step, StopReason } from '../book/step'
import type { Phrase } from '../../shared/words/phrase'

const HEALTH_MS = 60_000
const LOOK_AGAIN_MS = 250

const notMoved = (leaders: number): Phrase => ({
  id: 'stop.leaders',
  args: { count: { unit: 'count', value: leaders }, within: { unit: 'ms', value: HEALTH_MS } },
})

/** Waits until every leader that was to move has moved, by Metadata asked for afterwards; `worse` is looked at each time. */
async function waitForHealth(
  step: Step,
  moved: readonly ElectionItem[],
  worse: () => Phrase | null,
): Promise<StopReason | null> {
  const { clock, cluster, signal, book } = step
  const until = clock.now() + HEALTH_MS
  for (;;) {
    const fresh = await cluster.freshReading(FRESH_MS)
    const why = worse()
    if (why !== null) return { by: 'watch', why }
    const waiting = moved.filter((item) => leaderNow(step, item) !== item.preferred)
    if (fresh && waiting.length === 0) return null
    book.progress({
      what: 'waiting-for-health',
      done: moved.length - waiting.length,
      total: moved.length,
      stoppable: true,
    })
    const stop = step.stop()
    if (stop !== null) return stop
    if (clock.now() >= until) return { by: 'error', why: notMoved(waiting.length) }
    await pause(clock, LOOK_AGAIN_MS, signal)
  }
}

function conflictOf(step: Step, plan: ElectionPlan, items: readonly ElectionItem[]): PlanConflict {
  const topics = new Set(items.map(({ topic }) => topic))
  const rows = plan.topics.flatMap((topic, row) => (topics.has(topic) ? [row] : []))
  return {
    ...NO_CONFLICT,
    ...replicationConflicts(plan, rows, step.cluster),
    otherCluster: otherCluster(plan.clusterId, step.cluster),
  }
}

/** Moves leaders back in batches of at most 100, waiting for health after each; see applySettings for what is written when. */
export async function applyElection(step: Step, plan: ElectionPlan): Promise<ChangeView> {
  const { cluster, links, signal } = step
  const minIsrOf = plannedMinIsr(cluster, plan)
  const before = ailingNow(cluster, plan.topics, minIsrOf)
  const worse = (): Phrase | null => whyWorse(before, ailingNow(cluster, plan.topics, minIsrOf))
  const moves = plan.partitions.flatMap(({ fate }, row) => (fate === 'moves' ? [row] : []))
  const itemsAt = (rows: readonly number[]): ElectionItem[] => rows.map((row) => plan.partitions[row]!)

  return sendBatches(step, {
    begins: { type: 'applying', ...extentOf(plan) },
    batches: batchesOf(moves.length, ELECTION_BATCH).map((places) => places.map((place) => moves[place]!)),
    async look(_batch, rows) {
      if (!(await cluster.freshReading(FRESH_MS))) return notFresh(step)
      step.reach('re-read')
      const conflict = conflictOf(step, plan, itemsAt(rows))
      if (isConflict(conflict)) return { kind: 'conflict', conflict }
      // In ZooKeeper mode only the controller takes elections; on KRaft any broker forwards them.
      const controller = cluster.controller()
      const link = await (controller < 0 ? links.any(signal) : links.at(controller, signal))
      return { kind: 'send', link, before: [] }
    },
    send: (link, rows) => sendElection(link, itemsAt(rows)),
    settle: (batch) => settleElection(step, plan, batch),
    rest: (rows, results) =>
      waitForHealth(
        step,
        itemsAt(rows).filter((_item, at) => results[at]!.outcome === 'applied'),
        worse,
      ),
  })
}
