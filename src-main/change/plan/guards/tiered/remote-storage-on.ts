import { Says } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { isTrue, textSteps } from '../values'

const KEY = 'remote.storage.enable'

/**
 * One way: from 3.9 brokers refuse to switch it off, or to remove the override, unless remote.log.delete.on.disable deletes all that is remote
 * (KIP-950, LogConfig.validateTurningOffRemoteStorageWithDelete); before, they refuse it at all. So this has no undo.
 */
export const remoteStorageOn: Guard = {
  rule: 'remote-storage-on',
  keys: [KEY],
  needs: () => [],
  judge(facts) {
    const says = new Says('remote-storage-on', facts.topics)
    const found = new Found()
    for (const { topic, before, after } of textSteps(facts, KEY))
      if (isTrue(after) && !isTrue(before)) found.addTopic(topic)
    says.add('no-way-back', 'block', found)
    return says.effects()
  },
}
