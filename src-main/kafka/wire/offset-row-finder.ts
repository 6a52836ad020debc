import type { OffsetRows } from '../../domain/topology/columns'

/**
 * Finds the asked row an answer belongs to. From 4.0 on brokers answer in the order of a hash table
 * (ReplicaManager.fetchOffset), so this is no rare case: the topic is found by name, the partition by binary search
 * where a topic's rows ascend, else by map.
 */
export class OffsetRowFinder {
  private first: number
  private end: number
  private firstRows: Map<string, number> | null = null
  /** Of the chosen topic; null = not needed so far, or it ascends. */
  private rowByPartition: Map<number, number> | null = null
  private ascends: boolean | null = null

  constructor(
    private readonly rows: OffsetRows,
    private readonly from: number,
    private readonly to: number,
  ) {
    this.first = from
    this.end = from
  }

  /** Name of the topic whose rows begin at `row`; null when no topic does. */
  nameAt(row: number): string | null {
    if (row < this.from || row >= this.to) return null
    return this.rows.topicNames[this.rows.topicIndex[row] ?? -1] ?? null
  }

  /** Chooses the topic whose rows begin at `row`; returns where they end. */
  choose(row: number): number {
    const { topicIndex } = this.rows
    let end = row + 1
    while (end < this.to && topicIndex[end] === topicIndex[row]) end++
    this.first = row
    this.end = end
    this.rowByPartition = null
    this.ascends = null
    return end
  }

  /** First row of the topic with this name; -1 when it was not asked for. */
  rowOfTopic(name: string): number {
    this.firstRows ??= this.indexTopics()
    return this.firstRows.get(name) ?? -1
  }

  /** Row of a partition of the chosen topic; -1 when it was not asked for. */
  rowOfPartition(partition: number): number {
    this.ascends ??= this.isAscending()
    if (!this.ascends) {
      this.rowByPartition ??= this.indexPartitions()
      return this.rowByPartition.get(partition) ?? -1
    }
    let low = this.first
    let high = this.end - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.rows.partition[middle] ?? 0) < partition) low = middle + 1
      else high = middle
    }
    return this.rows.partition[low] === partition ? low : -1
  }

  private isAscending(): boolean {
    const { partition } = this.rows
    for (let row = this.first + 1; row < this.end; row++)
      if ((partition[row] ?? 0) <= (partition[row - 1] ?? 0)) return false
    return true
  }

  private indexTopics(): Map<string, number> {
    const index = new Map<string, number>()
    const { topicIndex, topicNames } = this.rows
    for (let row = this.from; row < this.to; row++) {
      if (row > this.from && topicIndex[row] === topicIndex[row - 1]) continue
      const name = topicNames[topicIndex[row] ?? -1]
      if (name !== undefined) index.set(name, row)
    }
    return index
  }

  private indexPartitions(): Map<number, number> {
    const index = new Map<number, number>()
    for (let row = this.first; row < this.end; row++) index.set(this.rows.partition[row] ?? -1, row)
    return index
  }
}
