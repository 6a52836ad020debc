import { MAX_EFFECT_ROWS } from '../../contract/change'
import type { Effect } from '../../contract/change'
import type { TopicFacts } from './guard'

type Row = Effect['rows'][number]

/**
 * What a rule found, row by row. Counts everything and keeps the worst MAX_EFFECT_ROWS: a plan over 200,000 partitions must not sort them all.
 * `worst` says whether a high or a low note is the worse one; rows without a note come last, in the order they were found.
 */
export class Found {
  readonly #topics = new Set<string>()
  #rows: Row[] = []
  #partitions = 0

  constructor(private readonly worst: 'high' | 'low' = 'high') {}

  add(topic: string, partition: number, note = NaN, text = ''): void {
    this.#partitions++
    this.#keep({ topic, partition, note, text })
  }

  /** The topic as a whole: one row, and all its partitions counted. */
  addTopic({ topic, partitions }: TopicFacts, note = NaN, text = ''): void {
    if (this.#topics.has(topic)) return
    this.#partitions += partitions.length
    this.#keep({ topic, partition: -1, note, text })
  }

  get topicCount(): number {
    return this.#topics.size
  }

  get partitionCount(): number {
    return this.#partitions
  }

  /** Worst first. */
  rows(): readonly Row[] {
    this.#rows.sort((a, b) => this.#gravity(b) - this.#gravity(a))
    return this.#rows.slice(0, MAX_EFFECT_ROWS)
  }

  #keep(row: Row): void {
    this.#topics.add(row.topic)
    this.#rows.push(row)
    if (this.#rows.length >= 4 * MAX_EFFECT_ROWS) this.#rows = [...this.rows()]
  }

  #gravity({ note }: Row): number {
    if (Number.isNaN(note)) return -Number.MAX_VALUE
    return this.worst === 'high' ? note : -note
  }
}
