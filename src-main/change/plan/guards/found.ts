import { MAX_EFFECT_ROWS } from '../../../contract/change'
import type { Effect } from '../../../contract/change'
import type { Phrase } from '../../../shared/words/phrase'
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
  #last = ''
  /** A row has to be worse than this to be among the worst. */
  #floor = -Infinity

  constructor(private readonly worst: 'high' | 'low' = 'high') {}

  add(topic: string, partition: number, note = NaN, text = '', reasons: readonly Phrase[] = []): void {
    this.#partitions++
    if (topic !== this.#last) this.#topics.add((this.#last = topic))
    const gravity = this.#gravity(note)
    if (gravity > this.#floor)
      this.#keep({ topic, partition, note, text, ...(reasons.length === 0 ? {} : { reasons }) })
  }

  /** The topic as a whole: one row, and all its partitions counted. */
  addTopic({ topic, partitions }: TopicFacts, note = NaN, text = '', reasons: readonly Phrase[] = []): void {
    if (this.#topics.has(topic)) return
    this.add(topic, -1, note, text, reasons)
    this.#partitions += partitions.length - 1
  }

  get topicCount(): number {
    return this.#topics.size
  }

  get partitionCount(): number {
    return this.#partitions
  }

  /** Worst first. */
  rows(): readonly Row[] {
    this.#rows.sort((a, b) => this.#gravity(b.note) - this.#gravity(a.note))
    return this.#rows.slice(0, MAX_EFFECT_ROWS)
  }

  #keep(row: Row): void {
    this.#rows.push(row)
    if (this.#rows.length < 4 * MAX_EFFECT_ROWS) return
    this.#rows = [...this.rows()]
    this.#floor = this.#gravity(this.#rows[MAX_EFFECT_ROWS - 1]!.note)
  }

  #gravity(note: number): number {
    if (Number.isNaN(note)) return -Number.MAX_VALUE
    return this.worst === 'high' ? note : -note
  }
}
