import { createSampleStore } from '../../src-main/history/samples'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import { createClock } from '../../src-main/ports/clock'
import type { ClusterSession } from '../../src-main/monitor/session'
import { createSession } from '../../src-main/monitor/session'

/** Client, monitor and rules as the main process has them, without a window. `changed`: after every picture. */
export function watchSession(bootstrap: string, changed: () => void = () => undefined): ClusterSession {
  const parsed = parseBootstrap(bootstrap.split(','))
  if (!parsed.ok) throw new Error(parsed.error.message)
  const session = createSession({
    cluster: 'bench',
    port: createClusterClient({ bootstrap: parsed.value, tls: null, sasl: null }),
    clock: createClock(),
    busyMs: () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000,
    intervalMs: 0,
    samples: createSampleStore(),
    onError: (cause) => console.error(cause),
  })
  // Somebody looks, or it would poll as if hidden.
  session.reader(changed)
  return session
}
