/** What is healthy on the map: a block a prefix of names or a topic, as large as it has partitions. Pure. */
import { HEALTHY } from '@shared/states'
import { rowCode } from '../../../charts/matrix/cells'
import type { FrameView } from '../../../stores/frame-view'

export interface HealthyBlock {
  /** `telemetry.`, or a whole name where nothing else begins like it; '' = the others together. */
  readonly prefix: string
  readonly topics: number
  readonly partitions: number
}

const MOST_BLOCKS = { prefix: 24, topic: 400 } as const
const SEPARATOR = /[._-]/

/** Up to the first separator that is not its first character: `telemetry.cpu.eu` is of `telemetry.`, `__consumer_offsets` of `__`. */
export function prefixOf(name: string): string {
  const lead = /^[._-]*/.exec(name)![0].length
  if (lead > 0) return name.slice(0, lead)
  const at = name.search(SEPARATOR)
  return at < 0 ? name : name.slice(0, at + 1)
}

/** A block stands for all whose names begin alike, or for one topic. The largest first; small ones together at the end. A topic with one partition in trouble is here with its others. */
export function healthyBlocks(view: FrameView, by: 'prefix' | 'topic'): HealthyBlock[] {
  const { topics } = view.frame
  const blocks = new Map<string, { prefix: string; topics: number; partitions: number }>()
  topics.names.forEach((name, topic) => {
    let healthy = 0
    for (let row = topics.start[topic]!; row < topics.start[topic + 1]!; row++)
      if (rowCode(view.frame, row) === HEALTHY) healthy++
    if (healthy === 0) return
    const prefix = by === 'topic' ? name : prefixOf(name)
    const block = blocks.get(prefix) ?? { prefix, topics: 0, partitions: 0 }
    blocks.set(prefix, { prefix, topics: block.topics + 1, partitions: block.partitions + healthy })
  })
  const sorted = [...blocks.values()].sort((a, b) => b.partitions - a.partitions || (a.prefix < b.prefix ? -1 : 1))
  const most = MOST_BLOCKS[by]
  if (sorted.length <= most) return sorted
  const rest = sorted.slice(most - 1)
  const sum = (of: 'topics' | 'partitions'): number => rest.reduce((total, block) => total + block[of], 0)
  return [...sorted.slice(0, most - 1), { prefix: '', topics: sum('topics'), partitions: sum('partitions') }]
}
