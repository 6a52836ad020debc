import type { BrokerAddress } from '../../domain/topology/columns'
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

/** It is compared, kept and shown. */
export function readClusterId(r: Reader): string | null {
  const id = r.nullableString('ClusterId')
  if (id !== null && NOT_IN_A_NAME.test(id)) r.fail('malformed', `ClusterId is ${JSON.stringify(id)}`)
  return id === '' ? null : id
}
