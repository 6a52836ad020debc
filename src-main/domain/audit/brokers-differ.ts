import type { AuditFindingId, AuditRisk } from '../../shared/audit-rules'
import { SOURCE_BROKER } from '../../contract/config'
import type { AuditFacts, BrokerSetting } from './facts'
import { brokerRow, Says } from './look'
import type { AuditRuleFile, RuleFix, ToolLine } from './look'

interface Compared {
  readonly id: Extract<AuditFindingId, `brokers-differ.${string}`>
  readonly key: string
  readonly risk: AuditRisk
  /** Where one value for all can be set while brokers run: which; null = it stands in files alone. */
  readonly shared: ((values: readonly string[]) => string) | null
}

const COMPARED: readonly Compared[] = [
  { id: 'brokers-differ.window', key: 'replica.lag.time.max.ms', risk: 'untidy', shared: null },
  {
    id: 'brokers-differ.min-isr',
    key: 'min.insync.replicas',
    risk: 'weak',
    shared: (values) => String(Math.max(...values.map(Number))),
  },
  { id: 'brokers-differ.unclean', key: 'unclean.leader.election.enable', risk: 'weak', shared: () => 'false' },
  { id: 'brokers-differ.session', key: 'broker.session.timeout.ms', risk: 'untidy', shared: null },
]

const configs = (...words: readonly string[]): ToolLine => ({ tool: 'kafka-configs.sh', words })

/** A default of the cluster goes before the brokers' files, and after what is set for one broker alone (DynamicBrokerConfig), which is taken away once the default is there. */
function fixOf({ key, shared }: Compared, told: ReadonlyMap<number, BrokerSetting>): RuleFix {
  if (shared === null)
    return {
      kind: 'tools',
      lines: [...told.keys()].map((broker) =>
        configs('--describe', '--all', '--entity-type', 'brokers', '--entity-name', String(broker)),
      ),
    }
  const value = shared([...told.values()].map((one) => one.value))
  const own = [...told].filter(([, { source }]) => source === SOURCE_BROKER)
  return {
    kind: 'tools',
    lines: [
      configs('--alter', '--entity-type', 'brokers', '--entity-default', '--add-config', `${key}=${value}`),
      ...own.map(([broker]) =>
        configs('--alter', '--entity-type', 'brokers', '--entity-name', String(broker), '--delete-config', key),
      ),
    ],
  }
}

function settingsOf(facts: AuditFacts, key: string): ReadonlyMap<number, BrokerSetting> {
  return new Map(
    [...facts.brokers].flatMap(([broker, told]) => {
      const setting = told.known ? told.value.get(key) : undefined
      return setting === undefined ? [] : [[broker, setting] as const]
    }),
  )
}

/** Each broker tells what it has itself (another one refuses). A leader goes by its own, so a difference shows when leaders move. */
export const brokersDiffer: AuditRuleFile = {
  rule: 'brokers-differ',
  *look(facts) {
    const says = new Says('brokers-differ')
    for (const told of facts.brokers.values()) says.known(told)
    if (facts.brokers.size < 2) says.idle({ id: 'audit.idle.one-broker', args: {} })
    for (const compared of COMPARED) {
      const told = settingsOf(facts, compared.key)
      if (new Set([...told.values()].map(({ value }) => value)).size < 2) continue
      says.found({
        id: compared.id,
        risk: compared.risk,
        evidence: [
          {
            id: 'audit.brokers-differ',
            args: { key: compared.key, brokerCount: { unit: 'count', value: told.size } },
          },
        ],
        rows: [...told].map(([broker, { value }]) => brokerRow(broker, 0, { id: 'value.set', args: { value } })),
        fix: fixOf(compared, told),
        readAt: facts.now,
      })
    }
    return says.result()
  },
}
