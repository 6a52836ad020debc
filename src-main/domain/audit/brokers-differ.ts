import type { AuditFindingId, AuditRisk } from '../../shared/audit-rules'
import type { AuditFacts } from './facts'
import { brokerRow, Says } from './look'
import type { AuditRuleFile, RuleFix } from './look'

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

function fixOf({ key, shared }: Compared, told: ReadonlyMap<number, string>): RuleFix {
  const lines =
    shared === null
      ? [...told.keys()].map((broker) => [
          '--describe',
          '--all',
          '--entity-type',
          'brokers',
          '--entity-name',
          String(broker),
        ])
      : [
          [
            '--alter',
            '--entity-type',
            'brokers',
            '--entity-default',
            '--add-config',
            `${key}=${shared([...told.values()])}`,
          ],
        ]
  return { kind: 'tools', lines: lines.map((words) => ({ tool: 'kafka-configs.sh', words })) }
}

function valuesOf(facts: AuditFacts, key: string): ReadonlyMap<number, string> {
  return new Map(
    [...facts.brokers].flatMap(([broker, told]) => {
      const value = told.known ? told.value.get(key)?.value : undefined
      return value === undefined ? [] : [[broker, value] as const]
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
      const told = valuesOf(facts, compared.key)
      if (new Set(told.values()).size < 2) continue
      says.found({
        id: compared.id,
        risk: compared.risk,
        evidence: [
          {
            id: 'audit.brokers-differ',
            args: { key: compared.key, brokerCount: { unit: 'count', value: told.size } },
          },
        ],
        rows: [...told].map(([broker, text]) => brokerRow(broker, 0, { id: 'value.set', args: { value: text } })),
        fix: fixOf(compared, told),
        readAt: facts.now,
      })
    }
    return says.result()
  },
}
