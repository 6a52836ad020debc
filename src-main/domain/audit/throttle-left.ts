import type { AuditRow } from '../../contract/audit'
import type { ConfigEdit } from '../../contract/change'
import { SOURCE_TOPIC } from '../../contract/config'
import type { AuditFacts, BrokerSetting } from './facts'
import { brokerRow, counts, countRows, eachTopic, Says, topicRow } from './look'
import type { AuditRuleFile, ToolLine } from './look'

const LISTS = ['leader.replication.throttled.replicas', 'follower.replication.throttled.replicas'] as const
const RATES = ['leader.replication.throttled.rate', 'follower.replication.throttled.rate'] as const
/** As in CONFIG_SOURCES. */
const CLUSTER_DEFAULT = 3

/** Kafka's default is the largest int64, which is no limit. */
const rateOf = (setting: BrokerSetting | undefined): number => {
  const rate = setting === undefined || setting.value === '' ? NaN : Number(setting.value)
  return rate < Number.MAX_SAFE_INTEGER ? rate : NaN
}

function rates(facts: AuditFacts, says: Says): { readonly rows: AuditRow[]; readonly lines: ToolLine[] } {
  const rows: AuditRow[] = []
  /** By whose they are, as the tool names it: all brokers' or one's. */
  const keys = new Map<string, { readonly whose: readonly string[]; readonly set: Set<string> }>()
  for (const [broker, told] of facts.brokers) {
    const settings = says.known(told)
    const set = RATES.filter((key) => !Number.isNaN(rateOf(settings?.get(key))))
    if (settings === null || set.length === 0) continue
    const lowest = Math.min(...set.map((key) => rateOf(settings.get(key))))
    rows.push(brokerRow(broker, 0, { id: 'audit.note.rate', args: { rate: { unit: 'bytes', value: lowest } } }))
    for (const key of set) {
      const isShared = settings.get(key)!.source === CLUSTER_DEFAULT
      const whose = isShared ? ['--entity-default'] : ['--entity-name', String(broker)]
      const of = keys.get(whose.join(' ')) ?? { whose, set: new Set() }
      keys.set(whose.join(' '), of)
      of.set.add(key)
    }
  }
  const lines = [...keys.values()].map(({ whose, set }) => ({
    tool: 'kafka-configs.sh',
    words: ['--alter', '--entity-type', 'brokers', ...whose, '--delete-config', [...set].join(',')],
  }))
  return { rows, lines }
}

/** Left behind after a reassignment they slow the next recovery: they act on whatever replica is out of the ISR (kafka-facts d8; change/plan/guards has the rule for setting them). */
export const throttleLeft: AuditRuleFile = {
  rule: 'throttle-left',
  *look(facts, topics) {
    const says = new Says('throttle-left')
    const set: { readonly name: string; readonly partitions: number; readonly edits: readonly ConfigEdit[] }[] = []
    yield* eachTopic(topics, (topic) => {
      const settings = says.settings(topic)
      const keys = LISTS.filter((key) => {
        const value = settings?.values.get(key)
        return value?.source === SOURCE_TOPIC && (value.value ?? '').trim() !== ''
      })
      if (keys.length === 0) return
      const edits = keys.map((key): ConfigEdit => ({ key, op: 'delete', value: '' }))
      set.push({ name: topic.name, partitions: countRows(topic, () => true), edits })
    })
    const left = rates(facts, says)
    if (set.length === 0 && left.rows.length === 0) return says.result()
    const moving = says.known(facts.moving)
    if (moving === null) return says.result()
    const still = set.filter(({ name }) => !moving.has(name))
    const rows = still.map(({ name, partitions }) => topicRow(name, partitions))
    const { readAt } = facts.moving.known ? facts.moving : { readAt: facts.now }
    says.found({
      id: 'throttle-left.lists',
      evidence: [{ id: 'audit.throttle-left.lists', args: { topicCount: counts(rows).topicCount } }],
      rows,
      fix: { kind: 'edits', edits: still.map(({ name, edits }) => [name, edits] as const) },
      readAt,
    })
    // While anything moves, its rate is wanted.
    if (moving.size === 0)
      says.found({
        id: 'throttle-left.rates',
        evidence: [
          { id: 'audit.throttle-left.rates', args: { brokerCount: { unit: 'count', value: left.rows.length } } },
        ],
        rows: left.rows,
        fix: { kind: 'tools', lines: left.lines },
        readAt,
      })
    return says.result()
  },
}
