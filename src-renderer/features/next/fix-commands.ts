/** Lines for what Highwater does not do itself, each under a comment that says what it checks or does. For a POSIX shell. Pure. */
import type { BrokerSummary, ClusterSummary, Culprit } from '@contract/summary'
import { alterTopics } from '@shared/kafka-commands'
import type { Commands } from '@shared/kafka-commands'
import type { ToolAccess } from '@shared/shell-words'
import { isSilentToUs } from '../common/broker-words'
import type { Say } from '../common/say'
import { counted } from '../common/say'
import type { Cure } from './cures'
import type { WhatNext } from './what-next'
import { brokersOf } from './what-next'

/** As many brokers have lines of their own. */
const MOST_BROKERS = 3
/** Beyond it topics share a loop. */
const MOST_LINES = 20
/** What a shell, ssh and nc take as a host and nothing else: the name is the cluster's word. */
const HOST = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/
const ON_HOST = "'pgrep -af kafka.Kafka; uptime; df -h; journalctl -u kafka -n 50 --no-pager'"

type ConfigEdits = Cure['draft']['groups'][number]

export interface FixCommand {
  readonly kind: 'checks' | 'reach' | 'throttle' | 'logDir' | 'quorum'
  /** -1 = of no single broker. */
  readonly broker: number
  readonly text: string
}

const block = (why: string, ...lines: readonly string[]): string => [`# ${why}`, ...lines].join('\n')

const openPort = (say: Say, { id, host, port }: BrokerSummary): string =>
  block(say.t('next.check.port', { broker: id }), `nc -vz -w 5 ${host} ${port}`)
const onHost = (say: Say, { id, host }: BrokerSummary): string =>
  block(say.t('next.check.host', { broker: id }), `ssh ${host} ${ON_HOST}`)
const resolves = (say: Say, { id, host }: BrokerSummary): string =>
  block(say.t('next.check.name', { broker: id }), `getent hosts ${host}`)

function forBrokers(summary: ClusterSummary, ids: readonly number[]): readonly BrokerSummary[] {
  return ids
    .slice(0, MOST_BROKERS)
    .flatMap((id) => summary.brokers.find((one) => one.id === id) ?? [])
    .filter(({ host }) => HOST.test(host))
}

const command = (kind: FixCommand['kind'], ids: readonly number[], parts: readonly string[]): FixCommand | null =>
  parts.length === 0 ? null : { kind, broker: ids.length === 1 ? ids[0]! : -1, text: parts.join('\n') }

function throttled(say: Say, commands: Commands, { kind, broker }: Culprit): FixCommand {
  const key = kind === 'leader-broker' ? 'leader.replication.throttled.rate' : 'follower.replication.throttled.rate'
  const text = [
    block(say.t('next.check.rate', { key }), commands.broker(broker)),
    block(say.t('next.check.takeRate', { broker }), commands.resetBroker(broker, [key])),
  ].join('\n')
  return { kind: 'throttle', broker, text }
}

/** null where no line would help, or none can be made. */
export function fixCommand(say: Say, summary: ClusterSummary, next: WhatNext, commands: Commands): FixCommand | null {
  const ids = brokersOf(next)
  const brokers = forBrokers(summary, ids)
  const checks = (): FixCommand | null =>
    command(
      'checks',
      ids,
      brokers.flatMap((one) => [openPort(say, one), onHost(say, one)]),
    )
  switch (next.kind) {
    case 'controller':
      return { kind: 'quorum', broker: -1, text: block(say.t('next.check.quorum'), commands.quorum()) }
    case 'away':
    case 'gone':
      return checks()
    case 'silent': {
      const { one } = next
      if (one.returning) return null
      if (!isSilentToUs(one)) return checks()
      const lines = one.silence === 'unknown-host' ? brokers.map((row) => resolves(say, row)) : []
      return command('reach', ids, [...lines, ...brokers.map((row) => openPort(say, row))])
    }
    case 'log-dir':
      return command('logDir', ids, [
        block(say.t('next.check.logDirs', { broker: next.broker }), commands.logDirs(next.broker)),
        ...brokers.map((one) => onHost(say, one)),
      ])
    case 'culprit': {
      const { culprit } = next
      if (culprit.kind === 'rack' || culprit.cause === 'leaving' || culprit.cause === 'recovering') return null
      return culprit.cause === 'throttled' ? throttled(say, commands, culprit) : checks()
    }
    default:
      return null
  }
}

/** What these edits risk, as a comment. Every line that changes a setting of a topic stands under one. */
function riskOf(say: Say, { kind }: Cure, { edits }: ConfigEdits): string {
  if (kind === 'throttle') return say.t('next.risk.throttle')
  return counted(say, 'next.risk.minIsr', Number(edits[0]!.value))
}

/** The same as a plan of this cure, by hand. kafka-configs.sh refuses a line that takes away what is not there, so each key has its own. */
export const cureLines = (say: Say, cure: Cure, access: ToolAccess): string =>
  cure.draft.groups
    .map((group) =>
      block(
        riskOf(say, cure, group),
        ...group.edits.flatMap(({ key, op, value }) => {
          const words = op === 'set' ? ['--add-config', `${key}=${value}`] : ['--delete-config', key]
          return alterTopics(access, group.topics, words, cure.topics.length > MOST_LINES)
        }),
      ),
    )
    .join('\n')
