import type { BrokerAddress } from '../../domain/topology/columns'
import { eachOnce } from './each-once'
import type { Reader } from './reader'

/** No broker has one below zero: Kafka's own clients take those for nodes they made up. */
const LOWEST_ID = 0
const HIGHEST_PORT = 65_535
/** Would end a host name early for whoever looks it up (NUL), or be another name on screen than in the question. */
const NOT_IN_A_NAME = /[\p{Cc}\s]/u

/**
 * Id and address of a broker, as they stand in several answers. What cannot be one makes the whole answer malformed: it is dialled and shown. An empty host
 * is this machine to Node.
 */
export function readNode(r: Reader, idField: string): BrokerAddress {
  const id = r.int32(idField)
  const host = r.string('Host')
  const port = r.int32('Port')
  const rack = r.nullableString('Rack')
  if (id < LOWEST_ID) r.fail('malformed', `${idField} is ${id}`)
  if (host === '' || NOT_IN_A_NAME.test(host)) r.fail('malformed', `Host of broker ${id} is ${JSON.stringify(host)}`)
  if (port < 0 || port > HIGHEST_PORT) r.fail('malformed', `Port of broker ${id} is ${port}`)
  return { id, host, port, rack }
}

/**
 * The largest clusters that are known have some hundreds of brokers. Each one named is dialled, kept and shown, so who names thousands more would cost this
 * process its memory, and is no cluster.
 */
export const MOST_BROKERS = 2_000
const LEAST_NODE_BYTES = 11

/** The brokers of an answer, each once, by `readNode` and what follows. More of them than any cluster has make the answer malformed before one is read. */
export function readNodes<T>(r: Reader, read: (r: Reader) => T, idOf: (node: T) => number): T[] {
  const count = r.count('Brokers', LEAST_NODE_BYTES)
  if (count > MOST_BROKERS) r.fail('malformed', `${count} brokers are listed, more than ${MOST_BROKERS}`)
  const nodes = Array.from({ length: count }, () => read(r))
  eachOnce(
    r,
    nodes.map((node) => `Broker ${idOf(node)}`),
    'listed',
  )
  return nodes
}

/** It is compared, kept and shown. */
export function readClusterId(r: Reader): string | null {
  const id = r.nullableString('ClusterId')
  if (id !== null && NOT_IN_A_NAME.test(id)) r.fail('malformed', `ClusterId is ${JSON.stringify(id)}`)
  return id === '' ? null : id
}
