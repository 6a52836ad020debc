import type { AuditRow } from '../../contract/audit'
import type { ConfigEdit } from '../../contract/change'
import { SOURCE_BROKER, SOURCE_DEFAULT, SOURCE_STATIC, SOURCE_TOPIC } from '../../contract/config'
import type { Phrase } from '../../shared/words/phrase'
import type { AuditFacts } from './facts'
import { counts, countRows, eachTopic, replicasOf, Says, topicRow } from './look'
import type { AuditRuleFile, TopicLook } from './look'
import { UNCLEAN_KEY } from './topic-audit'

/** Who set it. */
function setBy({ settings }: TopicLook): Phrase | null {
  const source = settings.known ? settings.value.values.get(UNCLEAN_KEY)?.source : undefined
  if (!settings.known || source === undefined) return null
  if (source === SOURCE_TOPIC) return { id: 'audit.set-by.topic', args: {} }
  if (source === SOURCE_BROKER || source === SOURCE_STATIC)
    return { id: 'audit.set-by.broker', args: { broker: settings.value.toldBy } }
  return source === SOURCE_DEFAULT ? { id: 'audit.set-by.default', args: {} } : { id: 'audit.set-by.cluster', args: {} }
}

/** On KRaft the controller reads it from 3.9 (ReplicationControlManager.uncleanLeaderElectionEnabledForTopic); with ZooKeeper it always did. */
const isRead = ({ version, zooKeeper }: AuditFacts): boolean =>
  zooKeeper !== false || version === null || version[0] > 3 || (version[0] === 3 && version[1] >= 9)

/**
 * What a broker tells of an inherited value is its own file's, and the controller goes by its own (topic-audit.ts, `notTold`): off by a file is said, off by Kafka's
 * default is not, as it is so on nearly every topic; the rule's own text says both.
 */
export const unclean: AuditRuleFile = {
  rule: 'unclean',
  *look(facts, topics) {
    const says = new Says('unclean')
    const on: AuditRow[] = []
    const byFile: AuditRow[] = []
    const edits = { on: [] as [string, readonly ConfigEdit[]][], byFile: [] as [string, readonly ConfigEdit[]][] }
    let readAt = facts.reading.metadataAt
    yield* eachTopic(topics, (topic) => {
      const settings = says.settings(topic)
      if (settings === null) return
      if (topic.audit === null || !settings.values.has(UNCLEAN_KEY)) {
        says.untold(topic.name, { id: 'why.setting-untold', args: { key: UNCLEAN_KEY } })
        return
      }
      const isOn = topic.audit.findings.includes('unclean')
      const isByFile = topic.audit.notTold.some(({ key, differing }) => key === UNCLEAN_KEY && differing.length === 0)
      if (!isOn && !isByFile) return
      readAt = Math.min(readAt, topic.audit.readAt)
      const copied = countRows(topic, (row) => replicasOf(facts, row) > 1)
      const fix = topic.audit.fix.filter(({ key }) => key === UNCLEAN_KEY)
      ;(isOn ? on : byFile).push(topicRow(topic.name, copied, setBy(topic)))
      if (fix.length > 0) (isOn ? edits.on : edits.byFile).push([topic.name, fix])
    })
    if (isRead(facts))
      says.found({
        id: 'unclean.on',
        evidence: [{ id: 'audit.unclean.on', args: counts(on) }],
        rows: on,
        fix: { kind: 'edits', edits: edits.on },
        readAt,
      })
    else
      says.found({
        id: 'unclean.not-read',
        risk: 'untidy',
        evidence: [{ id: 'audit.unclean.not-read', args: counts(on) }],
        rows: on,
        fix: { kind: 'edits', edits: edits.on },
        readAt,
      })
    says.found({
      id: 'unclean.by-file',
      risk: 'untidy',
      evidence: [{ id: 'audit.unclean.by-file', args: counts(byFile) }],
      rows: byFile,
      fix: { kind: 'edits', edits: edits.byFile },
      readAt,
    })
    return says.result()
  },
}
