import type { AuditRow } from '../../contract/audit'
import type { ConfigEdit } from '../../contract/change'
import { minInSyncReplicasOf } from '../state/min-isr'
import { editsOrTools, minIsrFix } from './min-isr'
import { CLUSTER_ROW, counts, countRows, eachTopic, replicasOf, Says, topicRow } from './look'
import type { AuditRuleFile } from './look'
import { MIN_ISR_KEY } from './topic-audit'

const FEATURE = 'eligible.leader.replicas.version'
/** metadata.version 4.0-IV1, from which the feature may be switched on (KIP-966, EligibleLeaderReplicasVersion). */
const OFFERED_FROM = 23

/** An ELR is kept only while fewer than min ISR are in sync (PartitionChangeBuilder), so with a minimum of one there never is any. */
export const elr: AuditRuleFile = {
  rule: 'elr',
  *look(facts, topics) {
    const says = new Says('elr')
    if (facts.zooKeeper === true) {
      says.idle({ id: 'audit.idle.zookeeper', args: {} })
      return says.result()
    }
    const features = says.known(facts.features)
    if (features === null) return says.result()
    if ((features.get('metadata.version') ?? 0) < OFFERED_FROM) {
      says.idle({ id: 'audit.idle.elr-not-offered', args: {} })
      return says.result()
    }
    const { readAt } = facts.features.known ? facts.features : { readAt: facts.now }
    if ((features.get(FEATURE) ?? 0) < 1) {
      says.found({
        id: 'elr.off',
        evidence: [{ id: 'audit.elr.off', args: {} }],
        rows: [CLUSTER_ROW],
        fix: {
          kind: 'tools',
          lines: [{ tool: 'kafka-features.sh', words: ['upgrade', '--feature', `${FEATURE}=1`] }],
        },
        readAt,
      })
      return says.result()
    }
    const rows: AuditRow[] = []
    const edits: [string, readonly ConfigEdit[]][] = []
    yield* eachTopic(topics, (topic) => {
      const settings = says.settings(topic)
      if (settings === null || minInSyncReplicasOf(settings.values.get(MIN_ISR_KEY)?.value) !== 1) return
      const copied = countRows(topic, (row) => replicasOf(facts, row) > 1)
      if (copied === 0) return
      rows.push(topicRow(topic.name, copied))
      const fix = minIsrFix(topic)
      if (fix.length > 0) edits.push([topic.name, fix])
    })
    says.found({
      id: 'elr.useless',
      evidence: [{ id: 'audit.elr.useless', args: counts(rows) }],
      rows,
      fix: editsOrTools(edits, rows),
      readAt,
    })
    return says.result()
  },
}
