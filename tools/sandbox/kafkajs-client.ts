import { createRequire } from 'node:module'
import { Kafka, logLevel } from 'kafkajs'

interface ResponseModule {
  parse: (data: unknown) => Promise<unknown>
}

/**
 * kafkajs refuses a whole Metadata answer when one partition has no leader, and with it the traffic of every healthy topic.
 * Its parse step is replaced by one that lets the data through. To remove when kafkajs does that itself (seen in 2.2.4).
 */
function letLeaderlessPartitionsThrough(): void {
  const load = createRequire(import.meta.url)
  for (let version = 0; version <= 6; version += 1) {
    const response = load(`kafkajs/src/protocol/requests/metadata/v${version}/response`) as ResponseModule
    response.parse = (data) => Promise.resolve(data)
  }
}

/** A quiet client that gives up soon: traffic that waits half a minute for a frozen broker is no traffic. */
export function trafficClient(bootstrap: string): Kafka {
  letLeaderlessPartitionsThrough()
  return new Kafka({
    clientId: 'sandbox-traffic',
    brokers: bootstrap.split(','),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1500,
    requestTimeout: 4000,
    retry: { retries: 1, initialRetryTime: 100, maxRetryTime: 500 },
  })
}
