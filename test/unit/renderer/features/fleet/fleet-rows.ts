import type { ClusterStatus } from '@contract/frame'
import type { FleetRow } from '@contract/fleet'

export const AT = Date.UTC(2026, 10, 29, 9, 15, 0)

export const statusOf = (phase: ClusterStatus['phase'], change: Partial<ClusterStatus> = {}): ClusterStatus => ({
  cluster: 'a',
  phase,
  since: AT - 60_000,
  takenAt: AT - 2_000,
  nextTryAt: Number.NaN,
  problem: null,
  ...change,
})

export const fleetRow = (cluster: string, change: Partial<FleetRow> = {}): FleetRow => ({
  cluster,
  name: cluster,
  environment: 'prod',
  watch: true,
  state: 'watching',
  problem: '',
  worst: null,
  known: true,
  incident: 0,
  mutedUntil: Number.NaN,
  open: false,
  readOnly: true,
  armedUntil: 0,
  status: statusOf('live'),
  summary: null,
  ...change,
})

/** Neither open nor watched. */
export const unwatchedRow = (cluster: string, change: Partial<FleetRow> = {}): FleetRow =>
  fleetRow(cluster, { watch: false, state: 'off', known: false, status: null, ...change })
