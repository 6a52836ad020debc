import type { AuditRow } from '../../contract/audit'
import type { Phrase } from '../../shared/words/phrase'
import { countRows, eachTopic, Says, topicRow } from './look'
import type { AuditRuleFile, ToolLine } from './look'

const MOST_LINES = 5

/**
 * An idempotent producer has an id, and its clients let it ask for acks=all alone (ProducerConfig); what is written without one may be there twice or in another order after
 * a retry, and may have been acknowledged by a leader alone. Kafka's own topics are written by the coordinators, which have none.
 */
export const producers: AuditRuleFile = {
  rule: 'producers',
  *look(facts, topics) {
    const says = new Says('producers')
    const { writers } = facts
    const rows: AuditRow[] = []
    const lines: ToolLine[] = []
    let records = 0
    let written = 0
    let uncounted = 0
    let isWhole = true as boolean
    yield* eachTopic(topics, (topic) => {
      if (topic.own) return
      const why = writers.untold.get(topic.name)
      if (why !== undefined) {
        isWhole = false
        says.untold(topic.name, why)
      }
      const seen = writers.topics.get(topic.name)
      if (seen === undefined) return
      written += seen.written
      uncounted += seen.uncounted
      if (seen.records === 0) return
      records += seen.records
      const note: Phrase = { id: 'audit.note.without-id', args: { records: { unit: 'records', value: seen.records } } }
      // Who writes without an id may write to any of them.
      rows.push(
        topicRow(
          topic.name,
          countRows(topic, () => true),
          note,
        ),
      )
      if (lines.length < MOST_LINES)
        lines.push({
          tool: 'kafka-transactions.sh',
          words: ['describe-producers', '--topic', topic.name, '--partition', String(seen.partition)],
        })
    })
    if (uncounted > 0)
      says.unseen({ id: 'audit.unseen.writers', args: { partitionCount: { unit: 'count', value: uncounted } } })
    else if (written === 0 && isWhole) says.idle({ id: 'audit.idle.nothing-written', args: {} })
    says.found({
      id: 'producers.not-idempotent',
      evidence: [
        {
          id: 'audit.producers',
          args: {
            records: { unit: 'records', value: records },
            topicCount: { unit: 'count', value: rows.length },
            partitionCount: { unit: 'count', value: writers.looked },
            within: { unit: 'ms', value: writers.spanMs },
          },
        },
      ],
      rows,
      fix: { kind: 'tools', lines },
      readAt: writers.readAt,
    })
    return says.result()
  },
}
