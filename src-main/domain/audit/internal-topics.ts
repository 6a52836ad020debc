import type { AuditRow } from '../../contract/audit'
import type { ConfigEdit } from '../../contract/change'
import { minInSyncReplicasOf } from '../state/min-isr'
import { editsOrTools } from './min-isr'
import { counts, eachTopic, replicaSpan, Says, topicRow } from './look'
import type { AuditRuleFile } from './look'
import { Placement } from './placement'
import { MIN_ISR_KEY } from './topic-audit'

const WANTED_REPLICAS = 3
const SAFE_MIN_ISR = 2

/** Kafka's own topics are written with acks=all by the coordinators; what refuses them refuses commits, transactions or acknowledgements of every client. */
export const internalTopics: AuditRuleFile = {
  rule: 'internal-topics',
  *look(facts, topics) {
    const says = new Says('internal-topics')
    const own = topics.filter((topic) => topic.own)
    if (own.length === 0) says.idle({ id: 'audit.idle.no-own-topics', args: {} })
    const rows: Record<'single' | 'few' | 'alone' | 'all', AuditRow[]> = { single: [], few: [], alone: [], all: [] }
    const edits: Record<'alone' | 'all', [string, readonly ConfigEdit[]][]> = { alone: [], all: [] }
    const wider = { single: new Placement(facts), few: new Placement(facts) }
    const { brokers, metadataAt: readAt } = facts.reading
    yield* eachTopic(own, (topic) => {
      const { least } = replicaSpan(facts, topic)
      const all = topic.to - topic.from
      const short = least === 1 ? 'single' : least < Math.min(WANTED_REPLICAS, brokers.length) ? 'few' : null
      if (short !== null) {
        rows[short].push(topicRow(topic.name, all))
        for (let row = topic.from; row < topic.to && !wider[short].isFull; row += 1)
          wider[short].widen(row, WANTED_REPLICAS)
      }
      const settings = says.settings(topic)
      if (settings === null) return
      const min = minInSyncReplicasOf(settings.values.get(MIN_ISR_KEY)?.value)
      if (min < 0) says.untold(topic.name, { id: 'why.setting-untold', args: { key: MIN_ISR_KEY } })
      // With a single one the two settings say nothing.
      if (min < 0 || least === 1) return
      const place = min === 1 ? 'alone' : min >= least ? 'all' : null
      if (place === null) return
      rows[place].push(topicRow(topic.name, all))
      const value = place === 'alone' ? SAFE_MIN_ISR : least - 1
      if (value >= SAFE_MIN_ISR && value < least)
        edits[place].push([topic.name, [{ key: MIN_ISR_KEY, op: 'set', value: String(value) }]])
    })
    says.found({
      id: 'internal-topics.single',
      evidence: [{ id: 'audit.internal-topics.single', args: counts(rows.single) }],
      rows: rows.single,
      fix: { kind: 'tools', lines: wider.single.lines() },
      readAt,
    })
    says.found({
      id: 'internal-topics.all',
      risk: 'stops',
      evidence: [{ id: 'audit.internal-topics.all', args: counts(rows.all) }],
      rows: rows.all,
      fix: editsOrTools(edits.all, rows.all),
      readAt,
    })
    says.found({
      id: 'internal-topics.few',
      risk: 'weak',
      evidence: [{ id: 'audit.internal-topics.few', args: counts(rows.few) }],
      rows: rows.few,
      fix: { kind: 'tools', lines: wider.few.lines() },
      readAt,
    })
    says.found({
      id: 'internal-topics.alone',
      risk: 'weak',
      evidence: [{ id: 'audit.internal-topics.alone', args: counts(rows.alone) }],
      rows: rows.alone,
      fix: editsOrTools(edits.alone, rows.alone),
      readAt,
    })
    return says.result()
  },
}
