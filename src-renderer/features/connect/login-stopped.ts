import type { ClusterStatus } from '@contract/frame'

/** The login was refused, and is given again only when a person wants it. */
export const loginStopped = (status: ClusterStatus | null): boolean =>
  status?.phase === 'lost' && status.problem?.code === 'auth-failed' && Number.isNaN(status.nextTryAt)
