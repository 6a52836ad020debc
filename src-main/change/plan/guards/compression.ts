import { Says, listText } from './effect'
import { Found } from './found'
import type { Guard } from './guard'
import { textSteps } from './values'

const KEY = 'compression.type'

/**
 * Other than `producer`, brokers decompress and compress every batch that comes in another way (LogValidator). Clients before 2.1 cannot read zstd
 * (KIP-110).
 */
export const compression: Guard = {
  rule: 'compression',
  keys: [KEY],
  needs: () => [],
  judge(facts) {
    const says = new Says('compression', facts.topics)
    const recompress = new Found()
    const zstd = new Found()
    const types = new Set<string>()
    for (const { topic, after } of textSteps(facts, KEY)) {
      const type = after.trim().toLowerCase()
      if (type === 'producer') continue
      types.add(type)
      recompress.addTopic(topic)
      if (type === 'zstd') zstd.addTopic(topic)
    }
    says.add('recompress', 'warn', recompress, { figures: { typeText: listText(types) } })
    says.add('zstd', 'warn', zstd)
    return says.effects()
  },
}
