import type { ChangeView } from '../../src-main/contract/change'

/** A change as a page gets it: a fresh draft unless the test says otherwise. */
export const buildChange = (change: Partial<ChangeView> = {}): ChangeView => ({
  id: 'c1',
  cluster: 'p1',
  clusterName: 'orders-eu',
  environment: 'prod',
  createdAt: Date.UTC(2026, 10, 23, 3, 0, 0),
  state: 'draft',
  since: Date.UTC(2026, 10, 23, 3, 1, 0),
  undoOf: '',
  undoneBy: '',
  draft: { kind: 'config', groups: [] },
  plan: null,
  needs: null,
  validation: null,
  confirmation: null,
  results: [],
  verification: null,
  watching: null,
  conflict: null,
  progress: null,
  next: [],
  problem: null,
  version: 1,
  ...change,
})
