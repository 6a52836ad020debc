import { join } from 'node:path'
import { loginKeys } from './logins'
import { freePorts } from './ports'
import type { ExtraListener, Shape } from './shape'

export type NodeRole = 'zookeeper' | 'controller' | 'combined' | 'broker'

/** One process to be: its number, where its data lies, the ports it was given. -1 = has no such port. */
export interface NodePlan {
  readonly id: number
  readonly role: NodeRole
  readonly rack: string | null
  readonly port: number
  readonly controllerPort: number
  /** Where a relay of ours stands before the controller's port. */
  readonly relayPort: number
  /** Beside PLAINTEXT. */
  readonly listeners: readonly (ExtraListener & { readonly port: number })[]
  readonly folder: string
  /** Where its logs lie. The first one has the metadata log too, without which a node ends. */
  readonly logDirs: readonly [string, ...string[]]
}

export interface LayoutOptions {
  readonly shape: Shape
  readonly combined: boolean
  readonly controllerCount: number
  readonly zookeeper: boolean
  readonly folder: string
}

/** Separate controllers are numbered from 100, so that brokers are 1, 2, 3 on every screen. */
export async function planNodes(options: LayoutOptions): Promise<NodePlan[]> {
  const { shape, combined, zookeeper, folder } = options
  const quorum = combined ? 0 : zookeeper ? 1 : options.controllerCount
  const { brokers } = shape
  const extra = brokers.reduce((sum, { listeners }) => sum + listeners.length, 0)
  const controllerPorts = (combined ? brokers.length : quorum) + (shape.relay ? quorum : 0)
  const ports = await freePorts(brokers.length + extra + controllerPorts)
  const take = (): number => ports.pop() ?? -1
  const nodes: NodePlan[] = []
  for (let index = 0; index < quorum; index += 1) {
    const role = zookeeper ? 'zookeeper' : 'controller'
    const id = 100 + index
    nodes.push({
      id,
      role,
      rack: null,
      port: -1,
      controllerPort: take(),
      relayPort: shape.relay ? take() : -1,
      listeners: [],
      ...foldersOf(join(folder, `${role}-${id}`), 1),
    })
  }
  for (const [index, broker] of brokers.entries()) {
    const id = index + 1
    nodes.push({
      id,
      role: combined ? 'combined' : 'broker',
      rack: broker.rack,
      port: take(),
      controllerPort: combined ? take() : -1,
      relayPort: -1,
      listeners: broker.listeners.map((listener) => ({ ...listener, port: take() })),
      ...foldersOf(join(folder, `broker-${id}`), broker.logDirs),
    })
  }
  return nodes
}

const foldersOf = (folder: string, logDirs: number): Pick<NodePlan, 'folder' | 'logDirs'> => ({
  folder,
  logDirs: [
    join(folder, 'data'),
    ...Array.from({ length: logDirs - 1 }, (_, index) => join(folder, `data-${index + 2}`)),
  ],
})

export const isBroker = (node: NodePlan): boolean => node.role === 'broker' || node.role === 'combined'

export interface PropertyOptions {
  readonly shape: Shape
  readonly nodes: readonly NodePlan[]
  /** Address that sockets bind to. Only inside a container is it not the loopback. */
  readonly bind: string
  readonly overrides: Readonly<Record<string, string>>
}

/** `server.properties` (or `zoo.cfg`) of one node. Small thread pools: four JVMs share two cores with the window. */
export function nodeProperties(node: NodePlan, options: PropertyOptions): Record<string, string> {
  const { shape, nodes, bind } = options
  if (node.role === 'zookeeper') {
    return {
      dataDir: node.logDirs[0],
      clientPort: String(node.controllerPort),
      clientPortAddress: bind,
      'admin.enableServer': 'false',
    }
  }
  const quorum = nodes.filter((other) => other.controllerPort > 0)
  const broker = isBroker(node)
  const clients: NodePlan['listeners'] = broker
    ? [{ name: 'PLAINTEXT', protocol: 'PLAINTEXT', port: node.port }, ...node.listeners]
    : []
  const listeners = [
    ...clients.map(({ name, port }) => `${name}://${bind}:${port}`),
    ...(node.role === 'broker' ? [] : [`CONTROLLER://${bind}:${node.controllerPort}`]),
  ]
  const advertised = [
    ...clients.map(({ name, port, advertised: told = port }) => `${name}://127.0.0.1:${told}`),
    // Brokers fetch metadata from where the controller says that it is, whatever address they began with.
    ...(node.relayPort > 0 ? [`CONTROLLER://127.0.0.1:${node.relayPort}`] : []),
  ]
  const replicas = String(Math.min(3, nodes.filter(isBroker).length))
  return {
    ...(quorum.some((other) => other.role === 'zookeeper') ? zookeeperKeys(node, quorum) : quorumKeys(node, quorum)),
    listeners: listeners.join(','),
    'listener.security.protocol.map': [
      'PLAINTEXT:PLAINTEXT',
      'CONTROLLER:PLAINTEXT',
      ...node.listeners.map(({ name, protocol }) => `${name}:${protocol}`),
    ].join(','),
    ...(advertised.length > 0 ? { 'advertised.listeners': advertised.join(',') } : {}),
    ...(node.rack ? { 'broker.rack': node.rack } : {}),
    'log.dirs': node.logDirs.join(','),
    'replica.lag.time.max.ms': '10000',
    'auto.create.topics.enable': 'false',
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
    ...Object.fromEntries(node.listeners.filter(speaksSasl).flatMap(({ name }) => Object.entries(loginKeys(name)))),
    ...shape.properties,
    ...options.overrides,
  }
}

const speaksSasl = ({ protocol }: ExtraListener): boolean => protocol === 'SASL_PLAINTEXT'

/** Only brokers are sent through a relay: a controller finds itself and its like where they listen. */
const portOf = (voter: NodePlan, { role }: NodePlan): number =>
  role === 'broker' && voter.relayPort > 0 ? voter.relayPort : voter.controllerPort

const quorumKeys = (node: NodePlan, quorum: readonly NodePlan[]): Record<string, string> => ({
  'process.roles': node.role === 'combined' ? 'broker,controller' : node.role,
  'node.id': String(node.id),
  'controller.quorum.voters': quorum.map((voter) => `${voter.id}@127.0.0.1:${portOf(voter, node)}`).join(','),
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
