import { Says } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { atLeast } from '../version'
import { isFalse, isTrue, textSteps, valueAfter } from '../values'

const KEY = 'remote.storage.enable'

/**
 * Records that are only in remote storage are not readable any more, and are deleted there with `remote.log.delete.on.disable` (KIP-950, 3.9). Before 3.9 the
 * controller takes it and brokers go on as before, with an error in their log.
 */
export const remoteStorageOff: Guard = {
  rule: 'remote-storage-off',
  keys: [KEY],
  needs: () => [],
  judge(facts) {
    const says = new Says('remote-storage-off', facts.topics)
    const may = new Found()
    const deletes = new Found()
    const ignored = new Found()
    for (const { topic, before, after } of textSteps(facts, KEY)) {
      if (!isFalse(after) || isFalse(before)) continue
      if (atLeast(facts.version, 3, 9) === false) ignored.addTopic(topic)
      else (isTrue(valueAfter(topic, 'remote.log.delete.on.disable')) ? deletes : may).addTopic(topic)
    }
    says.add('deletes', 'block', deletes)
    says.add('may-delete', 'block', may)
    says.add('ignored', 'warn', ignored)
    return says.effects()
  },
}
