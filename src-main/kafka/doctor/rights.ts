import type { MetadataColumns } from '../../domain/topology/columns'
import { chooseVersion } from '../client/choose-version'
import type { BrokerSocket } from '../client/broker-socket'
import type { Deadline } from '../client/deadline'
import { readMetadata } from '../client/read-metadata'
import { PortError } from '../../ports/cluster-port'
import { describeCluster } from '../wire/describe-cluster'
import { fine, many, warning } from './findings'
import type { Finding } from './findings'
import type { AclOperationCode } from '../../shared/acl-operations'
import { AclOperation, OPERATIONS_NOT_TOLD, mayDo } from '../../shared/acl-operations'

/** The mask costs the broker an authorizer call per topic and operation. */
const TOPICS_ASKED = 20

/** What the login may do, and which parts of the screen will stay empty without it. Asks, never tries. */
export async function examineRights(
  socket: BrokerSocket,
  host: string,
  metadata: MetadataColumns,
  deadline: Deadline,
): Promise<Finding> {
  const cluster = await clusterOperations(socket, host, deadline)
  const topics = metadata.topicNames.slice(0, TOPICS_ASKED)
  if (topics.length === 0) {
    return warning('No topic is seen: the cluster has none, or this login may describe none', 'rights-topics')
  }
  const asked = await readMetadata(socket, host, { topics, includeTopicAuthorizedOperations: true }, deadline)
  return judgeRights(metadata.topicNames.length, cluster, [...asked.topicOperations])
}

/** `topics`: what may be done with those asked, the first of the `visible` ones. Nothing is said of those that were not asked, nor of hidden ones. */
export function judgeRights(visible: number, cluster: number, topics: readonly number[]): Finding {
  const blind: string[] = []
  const bound: string[] = []
  if (cluster !== OPERATIONS_NOT_TOLD) {
    if (!mayDo(cluster, AclOperation.DESCRIBE))
      blind.push('controllers, running reassignments and disk sizes (Describe on the cluster)')
    if (!mayDo(cluster, AclOperation.DESCRIBE_CONFIGS))
      blind.push('broker settings such as replica.lag.time.max.ms (DescribeConfigs on the cluster)')
    if (!mayDo(cluster, AclOperation.ALTER)) bound.push('elections and reassignments (Alter on the cluster)')
  }
  const lacking = (operation: AclOperationCode): number =>
    topics.filter((mask) => mask !== OPERATIONS_NOT_TOLD && !mayDo(mask, operation)).length
  const some = (count: number): string => (count === visible ? 'topics' : `${count} of ${topics.length} topics asked`)
  const unread = lacking(AclOperation.DESCRIBE_CONFIGS)
  const unchanged = lacking(AclOperation.ALTER_CONFIGS)
  if (unread > 0) blind.push(`settings such as min.insync.replicas (DescribeConfigs on ${some(unread)})`)
  if (unchanged > 0) bound.push(`topic settings (AlterConfigs on ${some(unchanged)})`)
  const seen = `${many(visible, 'topic')} visible`
  const changes = bound.length === 0 ? '' : `. Cannot be changed: ${bound.join('; ')}`
  if (blind.length > 0) return warning(`${seen}. Cannot be read: ${blind.join('; ')}${changes}`, 'rights-read')
  if (bound.length > 0) return { ...fine(`${seen}${changes}`), advice: 'rights-changes' }
  const told = cluster !== OPERATIONS_NOT_TOLD && topics.every((mask) => mask !== OPERATIONS_NOT_TOLD)
  const where = topics.length < visible ? `the ${many(topics.length, 'topic')} asked` : many(visible, 'topic')
  return fine(
    told
      ? `${seen}. Everything that Highwater reads and changes is allowed on the cluster and on ${where}`
      : `${seen}. This version does not tell what is allowed`,
  )
}

async function clusterOperations(socket: BrokerSocket, host: string, deadline: Deadline): Promise<number> {
  try {
    const version = chooseVersion(describeCluster, socket.versions, host)
    const body = describeCluster.encode(version, {
      includeClusterAuthorizedOperations: true,
      includeFencedBrokers: false,
    })
    const answer = await socket.within(deadline, describeCluster.apiName, async () =>
      describeCluster.decode(version, await socket.send(describeCluster, version, body)),
    )
    return answer.errorCode === 0 ? answer.clusterAuthorizedOperations : OPERATIONS_NOT_TOLD
  } catch (error) {
    // Brokers before 2.8 do not know the question.
    if (error instanceof PortError && error.kind === 'unsupported') return OPERATIONS_NOT_TOLD
    throw error
  }
}
