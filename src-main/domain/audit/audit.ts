/** All rules of the audit over one set of facts. */
import type { ConfigValue } from '../../contract/config'
import type { Sliced } from '../slices'
import { brokersDiffer } from './brokers-differ'
import { elr } from './elr'
import type { AuditFacts, Known, TopicSettings } from './facts'
import { OWN_TOPICS } from './facts'
import { internalTopics } from './internal-topics'
import { leadersSkewed } from './leaders-skewed'
import type { AuditRuleFile, RuleResult, TopicLook } from './look'
import { metadataVersion } from './metadata-version'
import { minIsrAbove, minIsrAll, minIsrOne } from './min-isr'
import { oneRack } from './one-rack'
import { producers } from './producers'
import { quorum } from './quorum'
import { retentionUnlimited } from './retention-unlimited'
import { singleReplica } from './single-replica'
import { throttleLeft } from './throttle-left'
import type { Told } from './topic-audit'
import { auditTopic, MIN_ISR_KEY, UNCLEAN_KEY } from './topic-audit'
import { unclean } from './unclean'

/** In the order of AUDIT_RULES. */
export const RULES: readonly AuditRuleFile[] = [
  singleReplica,
  minIsrOne,
  minIsrAll,
  minIsrAbove,
  unclean,
  internalTopics,
  oneRack,
  leadersSkewed,
  throttleLeft,
  brokersDiffer,
  elr,
  retentionUnlimited,
  producers,
  quorum,
  metadataVersion,
]

const NEW_TOPIC: Known<TopicSettings> = { known: false, reason: { id: 'audit.unseen.new-topic', args: {} } }

/** What each broker says of itself, of the two keys that topics inherit. */
function saysOf({ brokers }: AuditFacts): Told['says'] {
  return new Map(
    [MIN_ISR_KEY, UNCLEAN_KEY].map((key) => [
      key,
      new Map(
        [...brokers].flatMap(([broker, told]) => {
          const value = told.known ? told.value.get(key)?.value : undefined
          return value === undefined ? [] : [[broker, value] as const]
        }),
      ),
    ]),
  )
}

function lookOf(facts: AuditFacts, row: number, says: Told['says']): TopicLook {
  const { topology } = facts.reading
  const name = topology.topicNames[row]!
  const settings = facts.settings.get(name) ?? NEW_TOPIC
  const values = (keys: readonly string[]): ConfigValue[] =>
    settings.known ? keys.flatMap((key) => settings.value.values.get(key) ?? []) : []
  return {
    name,
    own: OWN_TOPICS.includes(name),
    from: topology.topicStart[row]!,
    to: topology.topicStart[row + 1]!,
    settings,
    audit: settings.known
      ? auditTopic(facts.reading, name, values([MIN_ISR_KEY, UNCLEAN_KEY]), settings.readAt, {
          by: settings.value.toldBy,
          says,
        })
      : null,
  }
}

const TOPICS_A_PIECE = 16

/** Every rule once, in the order of AUDIT_RULES. `each` is told the number of rules that are done. */
export function* auditPass(facts: AuditFacts, each: (done: number) => void): Sliced<readonly RuleResult[]> {
  const says = saysOf(facts)
  const topics: TopicLook[] = []
  for (let row = 0; row < facts.reading.topology.topicNames.length; row += 1) {
    if (row % TOPICS_A_PIECE === TOPICS_A_PIECE - 1) yield
    const look = lookOf(facts, row, says)
    if (look.to > look.from) topics.push(look)
  }
  const results: RuleResult[] = []
  for (const rule of RULES) {
    yield
    results.push(yield* rule.look(facts, topics))
    each(results.length)
  }
  return results
}
