import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { Kafka, logLevel } from 'kafkajs'
import type { ISocketFactory, KafkaConfig } from 'kafkajs'

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

const KEEP_ALIVE_MS = 60_000

/**
 * As kafkajs's own without TLS. A socket that is gone answers `unref` by waiting for a connect that never comes, once more with each call (net.js of Node 20); kafkajs calls it whenever it
 * gives up a connection, also one that it has given up before (connection.js), until Node warns of a leak.
 */
const openSocket: ISocketFactory = ({ host, port, onConnect }) => {
  const socket = connect({ host, port }, onConnect)
  socket.setKeepAlive(true, KEEP_ALIVE_MS)
  const unref = socket.unref.bind(socket)
  socket.unref = () => (socket.destroyed ? socket : unref())
  return socket
}

type Patience = Pick<KafkaConfig, 'connectionTimeout' | 'requestTimeout' | 'retry'>

/** A quiet client that gives up soon: traffic that waits half a minute for a frozen broker is no traffic. */
export const trafficClient = (bootstrap: string): Kafka =>
  client(bootstrap, {
    connectionTimeout: 1500,
    requestTimeout: 4000,
    retry: { retries: 1, initialRetryTime: 100, maxRetryTime: 500 },
  })

/** For records that are counted: waits long enough on a busy machine that none is given up on, or sent again although it was stored. */
export const patientClient = (bootstrap: string): Kafka =>
  client(bootstrap, {
    connectionTimeout: 10_000,
    requestTimeout: 40_000,
    retry: { retries: 8, initialRetryTime: 100, maxRetryTime: 1000 },
  })

function client(bootstrap: string, patience: Patience): Kafka {
  letLeaderlessPartitionsThrough()
  return new Kafka({
    clientId: 'sandbox-traffic',
    brokers: bootstrap.split(','),
    logLevel: logLevel.NOTHING,
    socketFactory: openSocket,
    ...patience,
  })
}
