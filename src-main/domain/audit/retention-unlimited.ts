import type { AuditRow } from '../../contract/audit'
import { isUnlimited } from '../../shared/unlimited'
import { counts, countRows, eachTopic, Says, topicRow } from './look'
import type { AuditRuleFile } from './look'

const POLICY_KEY = 'cleanup.policy'
const LIMITS = ['retention.ms', 'retention.bytes'] as const
const words = (policy: string): readonly string[] => policy.split(',').map((word) => word.trim())

/** Deletes by age and by size, and neither ever acts: its brokers' disks fill. A compacted topic is as large as its keys are many. */
export const retentionUnlimited: AuditRuleFile = {
  rule: 'retention-unlimited',
  *look(facts, topics) {
    const says = new Says('retention-unlimited')
    const rows: AuditRow[] = []
    yield* eachTopic(topics, (topic) => {
      // Kafka keeps some of its own topics for ever, by design.
      if (topic.own) return
      const settings = says.settings(topic)
      if (settings === null) return
      const value = (key: string): string | null => settings.values.get(key)?.value ?? null
      const policy = value(POLICY_KEY)
      const missing = [POLICY_KEY, ...LIMITS].find((key) => value(key) === null)
      if (missing !== undefined) says.untold(topic.name, { id: 'why.setting-untold', args: { key: missing } })
      if (missing !== undefined || policy === null) return
      if (!words(policy).includes('delete') || words(policy).includes('compact')) return
      if (LIMITS.every((key) => isUnlimited(key, value(key)!)))
        rows.push(
          topicRow(
            topic.name,
            countRows(topic, () => true),
          ),
        )
    })
    says.found({
      id: 'retention-unlimited.both',
      evidence: [{ id: 'audit.retention-unlimited', args: counts(rows) }],
      rows,
      fix: { kind: 'settings' },
      readAt: facts.reading.metadataAt,
    })
    return says.result()
  },
}
