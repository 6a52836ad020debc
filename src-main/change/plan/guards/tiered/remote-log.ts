import { Says } from '../effect'
import { Found } from '../found'
import type { Guard, GuardFacts } from '../guard'
import { isTrue, textSteps } from '../values'

const COPY = 'remote.log.copy.disable'
const DELETE = 'remote.log.delete.on.disable'
const LAG = ['remote.copy.lag.ms', 'remote.copy.lag.bytes'] as const

function turnedOn(facts: GuardFacts, key: string): Found {
  const found = new Found()
  for (const { topic, before, after } of textSteps(facts, key))
    if (isTrue(after) && !isTrue(before)) found.addTopic(topic)
  return found
}

/**
 * What goes to remote storage, and what becomes of it. Without copying, nothing leaves the brokers' disks but by retention.* (KIP-950).
 * `remote.copy.lag.*` (4.4): segments are copied later, and so are the only copy for longer.
 */
export const remoteLog: Guard = {
  rule: 'remote-log',
  keys: [COPY, DELETE, ...LAG],
  needs: () => [],
  judge(facts) {
    const says = new Says('remote-log', facts.topics)
    const later = new Found()
    for (const key of LAG) for (const { topic } of textSteps(facts, key)) later.addTopic(topic)
    says.add('stays-local', 'warn', turnedOn(facts, COPY))
    says.add('arms-deletion', 'warn', turnedOn(facts, DELETE))
    says.add('other-lag', 'info', later)
    return says.effects()
  },
}
