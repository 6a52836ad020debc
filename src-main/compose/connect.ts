/** From a saved cluster to a live session: addresses parsed, certificate files read, client and monitor made. */
import type { DoctorReport } from '../contract/profiles'
import { fail } from '../contract/result'
import type { Connection } from '../profiles/secrets'
import type { Log } from '../shell/log'
import type { OpenSession } from './clusters'

export const openSession = (_connection: Connection, _log: Log): ReturnType<OpenSession> =>
  fail('unsupported', 'This build has no Kafka client yet')

export const testConnection = (_connection: Connection, _log: Log): Promise<DoctorReport> =>
  Promise.resolve({ steps: [], reachable: false })
