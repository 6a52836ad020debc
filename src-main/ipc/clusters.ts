import type { ClusterSecrets } from '../contract/profiles'
import type { Result } from '../contract/result'
import type { ClusterSession } from '../monitor/session'

/** The opened clusters, as routes need them; compose makes it out of profiles, client and monitor, and has the push follow what is open. */
export interface Clusters {
  /** Starts connecting and answers at once; how it goes is told by the session's status. Opening an open one is no error. */
  open(id: string, secrets: ClusterSecrets): Promise<Result<ClusterSession>>
  /** Opens whichever Kafka cluster its addresses lead to now: the id that was remembered is forgotten, and what is open of it is closed first. */
  reopen(id: string): Promise<Result<ClusterSession>>
  get(id: string): ClusterSession | null
  /** Whether a person has it open; one that is only watched has a session all the same. */
  isOpen(id: string): boolean
  /** The person has gone elsewhere: closed, or watched from now on where it is one to watch. */
  leave(id: string): Promise<void>
  /** Resolves when what was in flight is done; closing a closed one is no error. */
  close(id: string): Promise<void>
  /** Watches what is to be watched, and nothing else: after a start, and after a saved cluster has changed. */
  follow(): Promise<void>
}
