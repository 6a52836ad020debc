import { join } from 'node:path'
import { freePorts } from './ports'

export type NodeRole = 'zookeeper' | 'controller' | 'combined' | 'broker'

/** One process to be: its number, where its data lies, the ports it was given. -1 = has no such port. */
export interface NodePlan {
  readonly id: number
  readonly role: NodeRole
  readonly rack: string | null
  readonly port: number
  readonly controllerPort: number
  readonly folder: string
}

export interface LayoutOptions {
  readonly brokers: number
  readonly combined: boolean
  readonly controllerCount: number
  readonly zookeeper: boolean
  readonly folder: string
}

const rackOf = (index: number): string => `rack-${String.fromCharCode(97 + (index % 26))}`

/** Separate controllers are numbered from 100, so that brokers are 1, 2, 3 on every screen. */
export async function planNodes(options: LayoutOptions): Promise<NodePlan[]> {
  const { brokers, combined, zookeeper, folder } = options
  const quorum = combined ? 0 : zookeeper ? 1 : options.controllerCount
  const ports = await freePorts(brokers + quorum + (combined ? brokers : 0))
  const take = (): number => ports.pop() ?? -1
  const nodes: NodePlan[] = []
  for (let index = 0; index < quorum; index += 1) {
    const role = zookeeper ? 'zookeeper' : 'controller'
    const id = 100 + index
    nodes.push({ id, role, rack: null, port: -1, controllerPort: take(), folder: join(folder, `${role}-${id}`) })
  }
  for (let index = 0; index < brokers; index += 1) {
    const id = index + 1
    const role = combined ? 'combined' : 'broker'
    const controllerPort = combined ? take() : -1
    nodes.push({ id, role, rack: rackOf(index), port: take(), controllerPort, folder: join(folder, `broker-${id}`) })
  }
  return nodes
}

export const isBroker = (node: NodePlan): boolean => node.role === 'broker' || node.role === 'combined'

export interface PropertyOptions {
  readonly nodes: readonly NodePlan[]
  /** Address that sockets bind to. Only inside a container is it not the loopback. */
  readonly bind: string
  readonly overrides: Readonly<Record<string, string>>
}

/** `server.properties` (or `zoo.cfg`) of one node. Small thread pools: four JVMs share two cores with the window. */
export function nodeProperties(node: NodePlan, options: PropertyOptions): Record<string, string> {
  const { nodes, bind } = options
  if (node.role === 'zookeeper') {
    return {
      dataDir: join(node.folder, 'data'),
      clientPort: String(node.controllerPort),
      clientPortAddress: bind,
      'admin.enableServer': 'false',
    }
  }
  const quorum = nodes.filter((other) => other.controllerPort > 0)
  const broker = isBroker(node)
  const listeners = [
    ...(broker ? [`PLAINTEXT://${bind}:${node.port}`] : []),
    ...(node.role === 'broker' ? [] : [`CONTROLLER://${bind}:${node.controllerPort}`]),
  ]
  const replicas = String(Math.min(3, nodes.filter(isBroker).length))
  return {
    ...(quorum.some((other) => other.role === 'zookeeper') ? zookeeperKeys(node, quorum) : quorumKeys(node, quorum)),
    listeners: listeners.join(','),
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    ...(broker ? { 'advertised.listeners': `PLAINTEXT://127.0.0.1:${node.port}` } : {}),
    ...(node.rack ? { 'broker.rack': node.rack } : {}),
    'log.dirs': join(node.folder, 'data'),
    'replica.lag.time.max.ms': '10000',
    'auto.create.topics.enable': 'false',
    // Leaders move when a scene, a test or a person moves them, and not by themselves every five minutes.
    'auto.leader.rebalance.enable': 'false',
    'offsets.topic.num.partitions': '4',
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.num.partitions': '2',
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    'num.network.threads': '2',
    'num.io.threads': '4',
    'background.threads': '4',
    'log.cleaner.dedupe.buffer.size': '8388608',
    ...options.overrides,
  }
}

const quorumKeys = (node: NodePlan, quorum: readonly NodePlan[]): Record<string, string> => ({
  'process.roles': node.role === 'combined' ? 'broker,controller' : node.role,
  'node.id': String(node.id),
  'controller.quorum.voters': quorum.map((voter) => `${voter.id}@127.0.0.1:${voter.controllerPort}`).join(','),
  'controller.listener.names': 'CONTROLLER',
})

const zookeeperKeys = (node: NodePlan, quorum: readonly NodePlan[]): Record<string, string> => ({
  'broker.id': String(node.id),
  'zookeeper.connect': quorum.map((server) => `127.0.0.1:${server.controllerPort}`).join(','),
  'zookeeper.session.timeout.ms': '6000',
})

export const asText = (properties: Readonly<Record<string, string>>): string =>
  Object.entries(properties)
    .map(([key, value]) => `${key}=${value.replaceAll('\\', '/')}\n`)
    .join('')
