import { Says, listText } from '../effect'
import { Found } from '../found'
import type { Guard } from '../guard'
import { numberSteps, textSteps, valueAfter } from '../values'

const KEY = 'compression.type'
/** What brokers compress by goes with the type that is in force; for `producer` none of them acts. */
const LEVELS = { gzip: 'compression.gzip.level', lz4: 'compression.lz4.level', zstd: 'compression.zstd.level' } as const

/**
 * Other than `producer`, brokers decompress and compress every batch that comes in another way (LogValidator). Clients before 2.1 cannot read zstd
 * (KIP-110). Uncompressed batches are larger, and one that is then above max.message.bytes is refused (UnifiedLog.append, after LogValidator).
 */
export const compression: Guard = {
  rule: 'compression',
  keys: [KEY, ...Object.values(LEVELS)],
  needs: () => [],
  judge(facts) {
    const says = new Says('compression', facts.topics)
    const recompress = new Found()
    const zstd = new Found()
    const grows = new Found()
    const types = new Set<string>()
    for (const { topic, after } of textSteps(facts, KEY)) {
      const type = after.trim().toLowerCase()
      if (type === 'producer') continue
      types.add(type)
      recompress.addTopic(topic)
      if (type === 'zstd') zstd.addTopic(topic)
      if (type === 'uncompressed') grows.addTopic(topic)
    }
    const harder = new Found()
    for (const [type, key] of Object.entries(LEVELS)) {
      for (const { topic, before, after } of numberSteps(facts, key)) {
        const inForce = valueAfter(topic, KEY)
        if (!(after <= before) && (inForce === undefined || inForce.trim() === type)) harder.addTopic(topic, after)
      }
    }
    says.add('recompress', 'warn', recompress, { figures: { typeText: listText(types) } })
    says.add('zstd', 'warn', zstd)
    says.add('grows', 'warn', grows)
    says.add('harder', 'warn', harder)
    return says.effects()
  },
}
