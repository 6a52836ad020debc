import type { JournalEntry } from '../../src-main/contract/journal'

/** A change as the list shows it: applied, verified and watched unless the test says otherwise. */
export const buildEntry = (change: string, more: Partial<JournalEntry> = {}): JournalEntry => ({
  change,
  cluster: 'orders-eu',
  clusterName: 'orders-eu',
  clusterId: 'kafka-1',
  osUser: 'mira',
  principal: 'User:ops',
  kind: 'config',
  startedAt: Date.UTC(2026, 10, 23, 3, 0, 0),
  lastAt: Date.UTC(2026, 10, 23, 3, 2, 0),
  state: 'watched',
  topicCount: 1,
  topics: ['orders'],
  keys: ['min.insync.replicas'],
  level: 'low',
  reason: '',
  undoOf: '',
  undoneBy: '',
  applied: 1,
  items: 1,
  ...more,
})
