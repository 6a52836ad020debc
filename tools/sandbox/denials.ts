import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { KafkaInstall } from '../setup/kafka'
import type { Cluster } from './cluster'

/** One question or order that the authorizer refused, as a node's log tells it. */
export interface Denial {
  /** Name of the node's folder, `broker-2`. */
  readonly node: string
  readonly login: string
  /** As in AclOperation.java: DESCRIBE_CONFIGS. */
  readonly operation: string
  /** `Topic orders`, `Cluster kafka-cluster`. */
  readonly resource: string
  /** As in ApiKeys.java: DESCRIBE_CONFIGS. */
  readonly request: string
}

/** StandardAuthorizerData.buildAuditMessage (3.3 to 4.4). */
const LINE =
  /Principal = User:(\S+) is Denied operation = (\w+) from host = \S+ on resource = (\w+):\w+:(\S+) for request = (\w+)/g

export const denialsIn = (node: string, log: string): Denial[] =>
  [...log.matchAll(LINE)].map(([, login = '', operation = '', type = '', name = '', request = '']) => ({
    node,
    login,
    operation,
    resource: `${type} ${name}`,
    request,
  }))

/** The same Kafka, whose nodes write each denial into their output: slf4j-simple of the fetched jars is told to. */
export const withDenials = (install: KafkaInstall): KafkaInstall => ({
  ...install,
  loggingFlags: [...install.loggingFlags, '-Dorg.slf4j.simpleLogger.log.kafka.authorizer.logger=info'],
})

/** False with an unpacked Kafka or an image, whose logging is set up by files of their own. */
export const writesDenials = ({ home, runtime }: KafkaInstall): boolean => home === null && runtime.kind === 'java'

/** All denials since the nodes were started, by node and in the order of its log. */
export function denials({ folder }: Pick<Cluster, 'folder'>): Denial[] {
  return readdirSync(folder.path).flatMap((node) => {
    const log = join(folder.path, node, 'output.log')
    return existsSync(log) ? denialsIn(node, readFileSync(log, 'utf8')) : []
  })
}
