import type { BrokerAddress, MetadataColumns } from '../../domain/topology/columns'
import type { BrokerLink, ClusterPort } from '../../ports/cluster-port'
import { PortError } from '../../ports/cluster-port'
import { firstToAnswer } from './bootstrap-race'
import type { Attempt } from './bootstrap-race'
import { KafkaBrokerLink } from './broker-link'
import { ClusterIdentity } from './cluster-identity'
import { Deadline } from './deadline'
import { addressText } from '../../shared/bootstrap'
import type { ClientOptions } from './options'
import type { HostPort } from '../../shared/bootstrap'
import { createTransport } from './transport'

const CLOSE_LIMIT_MS = 2000

/** The cluster over kafkajs's connections. Throws KafkajsMismatch, or PortError 'tls' for certificates that cannot be used. */
export function createClusterClient(options: ClientOptions): ClusterPort {
  const transport = createTransport(options)
  const log = options.log ?? (() => undefined)
  const links = new Set<KafkaBrokerLink>()
  const identity = new ClusterIdentity(options.clusterId)
  let ended = false
  /** Bootstrap address that refused the login last: with another try it is another one's turn. */
  let refusedBy = ''
  const inTurn = (): HostPort[] =>
    [...options.bootstrap].sort((a, b) => Number(addressText(a) === refusedBy) - Number(addressText(b) === refusedBy))

  const newLink = (address: BrokerAddress, proves: ClusterIdentity): KafkaBrokerLink => {
    const link: KafkaBrokerLink = new KafkaBrokerLink(transport, address, proves, () => {
      void link.closed().then(() => links.delete(link))
    })
    links.add(link)
    if (ended) link.giveUp('the cluster is closed')
    return link
  }

  const attempt =
    (deadline: Deadline) =>
    (address: HostPort): Attempt<MetadataColumns> => {
      // Its one question is Metadata itself, which is the proof.
      const link = newLink({ ...address, id: -1, rack: null }, new ClusterIdentity())
      const read = async (): Promise<MetadataColumns> => {
        await link.connect(deadline.left)
        const columns = await link.metadata(null, deadline.left).catch((error: unknown) => {
          throw loginMissing(error, options, address)
        })
        identity.check(columns.clusterId, addressText(address))
        return columns
      }
      const answer = read().finally(() => link.giveUp('bootstrap is over'))
      answer.catch((error: unknown) => {
        if (error instanceof PortError && error.reason === 'sasl-refused') refusedBy = error.host
        log(error instanceof Error ? error.message : String(error))
      })
      return { answer, cancel: () => link.giveUp('another address was quicker') }
    }

  return {
    open: async (timeoutMs) => {
      const deadline = new Deadline(timeoutMs)
      const columns = await firstToAnswer(inTurn(), deadline, attempt(deadline))
      identity.settle(columns.clusterId)
      return columns
    },
    link: (address): BrokerLink => newLink(address, identity),
    get loginStopped() {
      return transport.signIn.isStopped
    },
    tryAgain: () => transport.signIn.tryAgain(),
    close: async () => {
      ended = true
      const open = [...links]
      for (const link of open) link.giveUp('the cluster is closed')
      const gone = Promise.all(open.map((link) => link.closed()))
      await new Deadline(CLOSE_LIMIT_MS)
        .race(gone, () => new Error('sockets still closing'))
        .catch((error: unknown) => log(String(error)))
    },
  }
}

/** A SASL listener answers ApiVersions to anybody and hangs up at the first real question of who has not logged in (seen on 4.4.0). */
function loginMissing(error: unknown, { sasl }: ClientOptions, address: HostPort): unknown {
  if (sasl !== null || !(error instanceof PortError) || (error.kind !== 'closed' && error.kind !== 'reset'))
    return error
  const host = addressText(address)
  return new PortError(
    'auth-failed',
    'sasl-missing',
    `${host} hung up at the first question: most likely this port wants a SASL login`,
    0,
    host,
  )
}
