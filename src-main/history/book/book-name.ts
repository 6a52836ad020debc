import { createHash } from 'node:crypto'

/** Whose history: Kafka's id of the cluster, '' = it tells none, and then the saved cluster's. */
export interface HistoryOwner {
  /** Profile id. */
  readonly cluster: string
  readonly clusterId: string
}

/** What stands in the file, so that one that was renamed by hand is not taken for another cluster's. The two kinds of ids cannot be mistaken for each other. */
export const ownerKey = ({ cluster, clusterId }: HistoryOwner): string =>
  clusterId === '' ? `saved:${cluster}` : `kafka:${clusterId}`

/**
 * Name of its file, the same at every start: what of the id any file system takes, for people, and a hash of all of it, so that no two ids share one (also where case does not count).
 */
export const bookName = (owner: HistoryOwner): string => `${stemOf(owner)}.db`

/** Name of the file of announced restarts, beside it. */
export const planName = (owner: HistoryOwner): string => `${stemOf(owner)}.planned.json`

function stemOf(owner: HistoryOwner): string {
  const key = ownerKey(owner)
  const shown = key
    .replace(/^[^:]*:/, '')
    .replace(/[^A-Za-z0-9_-]+/g, '')
    .slice(0, 24)
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 16)
  return `${shown === '' ? 'cluster' : shown}-${hash}`
}
