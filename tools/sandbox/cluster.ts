import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureKafka } from '../setup/kafka'
import { SetupError } from '../setup/progress.mjs'
import type { KafkaInstall } from '../setup/kafka'
import { asText, isBroker, nodeProperties, planNodes } from './layout'
import type { NodePlan } from './layout'
import { prepare } from './prepare'
import { brokersListedAt } from './cluster-view'
import { dockerHost } from './docker-host'
import { localHost } from './host'
import type { Host, NodeProcess } from './host'
import { brokerServes } from './raw-client'
import { openRunFolder } from './run-folder'
import type { RunFolder } from './run-folder'
import { portAnswers } from './ports'
import { startControllerRelay } from './controller-relay'
import type { ControllerRelay } from './controller-relay'
import { plainShape } from './shape'
import type { ExtraListener, Shape } from './shape'
import { formatStorage } from './storage'
import { Hopeless, until } from './until'

export interface ClusterOptions {
  /** Default: three plain brokers. */
  readonly shape?: Shape
  /** Three nodes that are broker and controller in one: less memory, but only one may be down at a time. */
  readonly combined?: boolean
  readonly controllerCount?: number
  /** Default: KAFKA_VERSION or 4.4.0. Below 3.3 the cluster runs with ZooKeeper. */
  readonly version?: string
  /**
   * Kafka of each broker, in order; default: all run `version`. As in the middle of an upgrade: `version` has to be the oldest of them, as it formats the
   * storage and the cluster's features are those it knows. Needs Java on this machine.
   */
  readonly brokerVersions?: readonly string[]
  /** As of a cluster whose brokers were upgraded and whose features were not: the release of its metadata.version. Default: that of the software. */
  readonly metadataRelease?: string
  /** `server.properties` of every node. */
  readonly overrides?: Readonly<Record<string, string>>
  /** `server.properties` of one broker, by its id. */
  readonly ofBroker?: Readonly<Record<number, Readonly<Record<string, string>>>>
  readonly label?: string
  readonly install?: KafkaInstall
  readonly onProgress?: (what: string) => void
}

export type BrokerState = 'running' | 'frozen' | 'dead'

export interface BrokerHandle {
  readonly id: number
  readonly port: number
  readonly rack: string
  readonly state: BrokerState
  /** -1 while it is dead, and where it has no pid on this machine. */
  readonly pid: number
}

/** A separate controller. Combined nodes are listed as brokers only. */
export interface ControllerHandle {
  readonly id: number
  readonly state: BrokerState
}

export interface Cluster {
  /** host:port of every broker, separated by commas. */
  readonly bootstrap: string
  readonly shape: Shape
  readonly version: string
  /** True below 3.3: no KRaft controllers there. */
  readonly zookeeper: boolean
  readonly install: KafkaInstall
  readonly folder: RunFolder
  readonly host: Host
  brokers(): BrokerHandle[]
  /** host:port of the brokers that have this listener, separated by commas. */
  bootstrapOf(listener: ExtraListener): string
  /** Directories that the broker's logs lie in. The first has its metadata log, without which it ends. */
  logDirs(id: number): readonly string[]
  /** Their ids can be killed, frozen, thawed and restarted as brokers' can. */
  controllers(): ControllerHandle[]
  /** SIGKILL: gone without a word, as after a power cut. */
  kill(id: number): Promise<void>
  /** SIGSTOP: the sockets stay open and nobody answers. */
  freeze(id: number): Promise<void>
  thaw(id: number): Promise<void>
  stopGracefully(id: number): Promise<void>
  /** The broker and the controllers hear nothing of each other any more; all else goes on. Only where the shape has a relay. */
  cutOff(id: number): void
  reconnect(id: number): void
  /** Brokers that are cut off. */
  cutOffs(): readonly number[]
  /** Starts it again on its old port and data; resolves when it handles requests and every running broker lists it. */
  restart(id: number): Promise<void>
  /** Ends every node at once and removes their data. */
  close(): Promise<void>
}

interface LiveNode {
  readonly plan: NodePlan
  process: NodeProcess | null
  state: BrokerState
}

const startLimitMs = 180_000

/** Starts a cluster on the loopback and free ports; resolves when every broker handles requests and lists all others. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const install = options.install ?? (await ensureKafka(options.version))
  const zookeeper = Number.parseFloat(install.version) < 3.3
  const folder = openRunFolder(options.label ?? 'test', install.version)
  const shape = options.shape ?? plainShape()
  const relays: ControllerRelay[] = []
  try {
    if (shape.relay && (install.runtime.kind !== 'java' || zookeeper || options.combined === true))
      throw new SetupError('Five brokers need Java on this machine, separate controllers and Kafka 3.3 or newer.')
    const plans = await planNodes({
      shape,
      combined: options.combined ?? false,
      controllerCount: options.controllerCount ?? 1,
      zookeeper,
      folder: folder.path,
    })
    const ports = plans
      .flatMap(({ port, controllerPort, listeners }) => [port, controllerPort, ...listeners.map((one) => one.port)])
      .filter((port) => port > 0)
    const { flags, formatted } = await prepare(install, options.onProgress)
    const host =
      install.runtime.kind === 'java'
        ? localHost(install, install.runtime.java, flags)
        : await dockerHost(install, install.runtime, folder, ports)
    const others = await otherHosts(options.brokerVersions ?? [], install)
    const hostOf = ({ id }: NodePlan): Host => others.get(options.brokerVersions?.[id - 1] ?? '') ?? host
    const configFile = (plan: NodePlan): string => join(plan.folder, 'server.properties')
    for (const plan of plans) {
      mkdirSync(plan.folder, { recursive: true })
      const properties = nodeProperties(plan, {
        shape,
        nodes: plans,
        bind: host.bind,
        overrides: { ...options.overrides, ...options.ofBroker?.[plan.id] },
      })
      writeFileSync(configFile(plan), asText(properties))
    }
    if (!zookeeper) await formatStorage(host, plans, configFile, { formatted, release: options.metadataRelease ?? '' })
    for (const { relayPort, controllerPort } of plans)
      if (relayPort > 0) relays.push(await startControllerRelay(relayPort, controllerPort))
    const nodes = plans.map((plan): LiveNode => ({ plan, process: null, state: 'dead' }))
    const launch = (node: LiveNode): Promise<void> => launchNode(node, { hostOf, folder, configFile })
    for (const node of nodes) await launch(node)
    const cluster = clusterHandle({ shape, nodes, relays, install, folder, host, launch, zookeeper })
    folder.update({
      bootstrap: cluster.bootstrap,
      brokers: cluster.brokers().map(({ id, port, rack }) => ({ id, port, rack })),
    })
    await Promise.all(nodes.map(waitForNode))
    await allListed(nodes)
    return cluster
  } catch (error) {
    for (const relay of relays) relay.close()
    folder.destroy()
    throw error
  }
}

/** Where brokers of other versions than `install` run, by version. */
async function otherHosts(versions: readonly string[], install: KafkaInstall): Promise<ReadonlyMap<string, Host>> {
  const hosts = new Map<string, Host>()
  for (const version of new Set(versions)) {
    if (version === install.version) continue
    const other = await ensureKafka(version)
    if (other.runtime.kind !== 'java' || install.runtime.kind !== 'java')
      throw new SetupError('Brokers of several versions need Java on this machine.')
    hosts.set(version, localHost(other, other.runtime.java, (await prepare(other)).flags))
  }
  return hosts
}

interface LaunchContext {
  readonly hostOf: (plan: NodePlan) => Host
  readonly folder: RunFolder
  readonly configFile: (plan: NodePlan) => string
}

async function launchNode(node: LiveNode, { hostOf, folder, configFile }: LaunchContext): Promise<void> {
  const main = node.plan.role === 'zookeeper' ? 'org.apache.zookeeper.server.quorum.QuorumPeerMain' : 'kafka.Kafka'
  const log = join(node.plan.folder, 'output.log')
  const process = await hostOf(node.plan).start(main, [configFile(node.plan)], log)
  node.process = process
  node.state = 'running'
  if (process.pid > 0) folder.record(process.pid, `${node.plan.role}-${node.plan.id}`)
  void process.exited.then(() => {
    if (process.pid > 0) folder.forget(process.pid)
    if (node.process === process) node.state = 'dead'
  })
}

async function waitForNode(node: LiveNode): Promise<void> {
  const { plan } = node
  const name = `${plan.role} ${plan.id}`
  await until(`${name} to start`, startLimitMs, async () => {
    if (node.state === 'dead') {
      const log = readFileSync(join(plan.folder, 'output.log'), 'utf8').trim().split('\n')
      throw new Hopeless(`${name} ended while starting: ${log.slice(-8).join('\n')}`)
    }
    const serves = isBroker(plan) ? await brokerServes(plan.port) : await portAnswers(plan.controllerPort)
    return serves ? true : null
  })
}

/** Every running broker lists every running broker: only then are topics created on all of them, and a client finds them all. */
async function allListed(nodes: readonly LiveNode[]): Promise<void> {
  await until('every broker to be listed', startLimitMs, async () => {
    const running = nodes.filter((node) => isBroker(node.plan) && node.state === 'running').map(({ plan }) => plan)
    const lists = await Promise.all(running.map(({ port }) => brokersListedAt(port)))
    return lists.every((listed) => running.every(({ id }) => listed.includes(id))) || null
  })
}

interface HandleParts {
  readonly shape: Shape
  readonly nodes: readonly LiveNode[]
  readonly relays: readonly ControllerRelay[]
  readonly install: KafkaInstall
  readonly folder: RunFolder
  readonly host: Host
  readonly launch: (node: LiveNode) => Promise<void>
  readonly zookeeper: boolean
}

function clusterHandle({ shape, nodes, relays, install, folder, host, launch, zookeeper }: HandleParts): Cluster {
  const brokers = nodes.filter((node) => isBroker(node.plan))
  const find = (id: number): LiveNode => {
    const node = nodes.find((candidate) => candidate.plan.id === id)
    if (!node)
      throw new Error(
        `There is no broker ${id} in this sandbox: it has ${brokers.map((broker) => broker.plan.id).join(', ')}`,
      )
    return node
  }
  const end = async (id: number, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const node = find(id)
    if (node.state === 'dead' || !node.process) return
    await node.process.signal(signal)
    await node.process.exited
    node.state = 'dead'
  }
  const pause = async (id: number, signal: 'SIGSTOP' | 'SIGCONT', state: BrokerState): Promise<void> => {
    if (process.platform === 'win32') throw new Error('Windows cannot freeze a process: use kill instead')
    const node = find(id)
    if (node.state === 'dead' || !node.process) return
    // At once, and not when it stands still: a heal that comes in between has to thaw it.
    node.state = state
    await node.process.signal(signal)
  }
  const cut = new Set<number>()
  return {
    bootstrap: brokers.map((node) => `127.0.0.1:${node.plan.port}`).join(','),
    shape,
    version: install.version,
    zookeeper,
    install,
    folder,
    host,
    brokers: () =>
      brokers.map(({ plan, process, state }) => ({
        id: plan.id,
        port: plan.port,
        rack: plan.rack ?? '',
        state,
        pid: state === 'dead' ? -1 : (process?.pid ?? -1),
      })),
    bootstrapOf: ({ name }) =>
      brokers
        .flatMap(({ plan }) => plan.listeners)
        .flatMap((listener) => (listener.name === name ? [`127.0.0.1:${listener.port}`] : []))
        .join(','),
    logDirs: (id) => find(id).plan.logDirs,
    controllers: () =>
      nodes.filter(({ plan }) => plan.role === 'controller').map(({ plan, state }) => ({ id: plan.id, state })),
    kill: (id) => end(id, 'SIGKILL'),
    stopGracefully: (id) => end(id, 'SIGTERM'),
    freeze: (id) => pause(id, 'SIGSTOP', 'frozen'),
    thaw: (id) => pause(id, 'SIGCONT', 'running'),
    cutOff: (id) => {
      if (relays.length === 0) throw new Error('No relay stands before the controllers of this sandbox')
      cut.add(find(id).plan.id)
      for (const relay of relays) relay.hold(id)
    },
    reconnect: (id) => {
      cut.delete(id)
      for (const relay of relays) relay.release(id)
    },
    cutOffs: () => [...cut],
    restart: async (id) => {
      await end(id, 'SIGKILL')
      // With ZooKeeper a broker is refused while the session of its killed predecessor lasts (6 s), and ends; so it tries again.
      await until(`broker ${id} to start again`, startLimitMs, async () => {
        if (find(id).state === 'dead') await launch(find(id))
        return waitForNode(find(id)).then(
          () => true,
          (error: unknown) => {
            if (zookeeper) return null
            throw error
          },
        )
      })
      if (brokers.some(({ plan }) => plan.id === id)) await allListed(nodes)
    },
    close: () => {
      folder.destroy()
      for (const relay of relays) relay.close()
      host.close()
      return Promise.resolve()
    },
  }
}
