import type { JournalEntry, JournalRow } from '../../src-main/contract/journal'
import type { JournalPort } from '../../src-main/ports/journal'

/** A journal in memory. `failAt` names the line (by type) that cannot be written. */
export class MemoryJournal implements JournalPort {
  durable = true
  failAt: string | null = null
  /** The process that held it has ended: whatever of it still runs in a test writes nothing. */
  dead = false

  constructor(
    private readonly now: () => number,
    readonly all: JournalRow[] = [],
  ) {}

  /** The same file, opened by the next run. */
  reopened(): MemoryJournal {
    this.dead = true
    return new MemoryJournal(this.now, this.all)
  }

  append(row: Omit<JournalRow, 'seq' | 'at'>): JournalRow {
    if (this.dead || this.failAt === row.event.type) throw new Error('disk is full')
    // What is written must be readable without the objects it was made of.
    const written = { ...structuredClone(row), seq: this.all.length + 1, at: this.now() }
    this.all.push(written)
    return written
  }

  rows(change: string): readonly JournalRow[] {
    return this.all.filter((row) => row.change === change)
  }

  open(): readonly JournalEntry[] {
    const last = new Map(this.all.map((row) => [row.change, row]))
    return [...last.values()].reverse().map((row) => ({
      change: row.change,
      cluster: row.cluster,
      clusterName: row.clusterName,
      clusterId: row.clusterId,
      osUser: row.osUser,
      principal: row.principal,
      kind: 'config',
      startedAt: row.at,
      lastAt: row.at,
      state: row.state,
      topicCount: 0,
      topics: [],
      keys: [],
      level: '',
      reason: '',
      undoOf: '',
      undoneBy: '',
      applied: 0,
      items: 0,
    }))
  }

  list(): never {
    throw new Error('not part of the engine')
  }

  types(change: string): string[] {
    return this.rows(change).map(({ event }) => event.type)
  }
}
