import { describe, expect, it } from 'vitest'
import { asText, isBroker, nodeProperties, planNodes } from '../../../tools/sandbox/layout'
import type { NodePlan } from '../../../tools/sandbox/layout'
import { LOGINS, OUTSIDE, fiveShape, plainShape } from '../../../tools/sandbox/shape'
import type { Shape } from '../../../tools/sandbox/shape'
import { assignments, fiveTopics, longestName, roles, sandboxTopics } from '../../../tools/sandbox/topics'
import { checkNode } from '../../../tools/setup/dependencies.mjs'
import { javaMajor } from '../../../tools/setup/java'

const plan = (changes: Partial<Parameters<typeof planNodes>[0]> = {}): Promise<NodePlan[]> =>
  planNodes({ shape: plainShape(), combined: false, controllerCount: 1, zookeeper: false, folder: '/run', ...changes })

const propertiesOf = (
  node: NodePlan,
  nodes: readonly NodePlan[],
  { shape = plainShape(), overrides = {} }: { shape?: Shape; overrides?: Record<string, string> } = {},
): Record<string, string> => nodeProperties(node, { shape, nodes, bind: '127.0.0.1', overrides })

describe('the nodes of a sandbox', () => {
  it('are brokers 1-3 on racks of their own and a controller apart, no port twice', async () => {
    const nodes = await plan()
    expect(nodes.map(({ id, role, rack }) => [id, role, rack])).toEqual([
      [100, 'controller', null],
      [1, 'broker', 'rack-a'],
      [2, 'broker', 'rack-b'],
      [3, 'broker', 'rack-c'],
    ])
    const ports = nodes.flatMap(({ port, controllerPort }) => [port, controllerPort]).filter((port) => port > 0)
    expect(new Set(ports).size).toBe(4)
    for (const node of nodes.filter(isBroker)) {
      const properties = propertiesOf(node, nodes)
      expect(properties['controller.quorum.voters']).toBe(`100@127.0.0.1:${nodes[0]?.controllerPort}`)
      expect(properties['advertised.listeners']).toBe(`PLAINTEXT://127.0.0.1:${node.port}`)
      expect(properties['replica.lag.time.max.ms']).toBe('10000')
      expect(properties['auto.leader.rebalance.enable']).toBe('false')
    }
  })

  it('are all voters when combined', async () => {
    const nodes = await plan({ combined: true })
    expect(nodes.map(({ role }) => role)).toEqual(['combined', 'combined', 'combined'])
    const [first] = nodes
    if (!first) throw new Error('no node')
    const properties = propertiesOf(first, nodes)
    expect(properties['process.roles']).toBe('broker,controller')
    expect(properties['controller.quorum.voters']?.split(',')).toHaveLength(3)
    expect(properties['listeners']).toContain('CONTROLLER://127.0.0.1:')
  })

  it('follow ZooKeeper where Kafka is older than KRaft', async () => {
    const nodes = await plan({ zookeeper: true })
    const [keeper, broker] = nodes
    if (!keeper || !broker) throw new Error('no nodes')
    expect(propertiesOf(keeper, nodes)).toMatchObject({
      clientPort: String(keeper.controllerPort),
      clientPortAddress: '127.0.0.1',
    })
    const properties = propertiesOf(broker, nodes)
    expect(properties['zookeeper.connect']).toBe(`127.0.0.1:${keeper.controllerPort}`)
    expect(properties).not.toHaveProperty('process.roles')
  })

  it('tell clients to come to the port of a relay, where one stands before a listener', async () => {
    const listener = { name: 'NAME', protocol: 'PLAINTEXT', advertised: 15_001 } as const
    const shape: Shape = { ...plainShape(1), brokers: [{ rack: 'rack-a', logDirs: 1, listeners: [listener] }] }
    const nodes = await plan({ shape, combined: true })
    const properties = propertiesOf(nodes[0]!, nodes, { shape })
    const own = `PLAINTEXT://127.0.0.1:${nodes[0]!.port}`
    expect(properties['listeners']).toContain(`${own},NAME://127.0.0.1:${nodes[0]!.listeners[0]!.port}`)
    expect(properties['advertised.listeners']).toBe(`${own},NAME://127.0.0.1:15001`)
  })

  it('take overrides last, and paths in the spelling that properties files need', async () => {
    const nodes = await plan()
    const [node] = nodes
    if (!node) throw new Error('no node')
    const overrides = { 'replica.lag.time.max.ms': '3000', 'auto.leader.rebalance.enable': 'true' }
    expect(propertiesOf(node, nodes, { overrides })).toMatchObject(overrides)
    expect(asText({ 'log.dirs': 'C:\\data' })).toBe('log.dirs=C:/data\n')
  })
})

describe('five brokers', () => {
  const planFive = () => plan({ shape: fiveShape })
  const five = (node: NodePlan, nodes: readonly NodePlan[]) => propertiesOf(node, nodes, { shape: fiveShape })

  it('are on three racks, one with two directories and one without the listener for outside', async () => {
    const nodes = await planFive()
    const brokers = nodes.filter(isBroker)
    expect(brokers.map(({ id, rack }) => `${id} ${rack}`)).toEqual([
      '1 rack-a',
      '2 rack-b',
      '3 rack-c',
      '4 rack-a',
      '5 rack-b',
    ])
    expect(brokers.flatMap(({ id, logDirs }) => (logDirs.length > 1 ? [id] : []))).toEqual([4])
    expect(five(brokers[3]!, nodes)['log.dirs']?.split(',')).toHaveLength(2)
    const without = brokers.filter(({ listeners }) => !listeners.some(({ name }) => name === OUTSIDE.name))
    expect(without.map(({ id }) => id)).toEqual([5])
    expect(five(brokers[4]!, nodes)['advertised.listeners']).not.toContain(OUTSIDE.name)
    expect(brokers.every(({ listeners }) => listeners.some(({ name }) => name === LOGINS.name))).toBe(true)
    const ports = nodes.flatMap((node) => [
      ...[node.port, node.controllerPort, node.relayPort],
      ...node.listeners.map(({ port }) => port),
    ])
    const taken = ports.filter((port) => port > 0)
    expect(new Set(taken).size).toBe(taken.length)
  })

  it('are sent to the controller through the relay, also by what the controller says of itself', async () => {
    const nodes = await planFive()
    const controller = nodes.find(({ role }) => role === 'controller')!
    expect(five(controller, nodes)['controller.quorum.voters']).toBe(`100@127.0.0.1:${controller.controllerPort}`)
    expect(five(controller, nodes)['listeners']).toBe(`CONTROLLER://127.0.0.1:${controller.controllerPort}`)
    expect(five(controller, nodes)['advertised.listeners']).toBe(`CONTROLLER://127.0.0.1:${controller.relayPort}`)
    for (const broker of nodes.filter(isBroker))
      expect(five(broker, nodes)['controller.quorum.voters']).toBe(`100@127.0.0.1:${controller.relayPort}`)
  })

  it('move leaders back by themselves, and know their logins', async () => {
    const nodes = await planFive()
    const properties = five(nodes.find(isBroker)!, nodes)
    expect(properties['auto.leader.rebalance.enable']).toBe('true')
    expect(properties['listener.security.protocol.map']).toContain('LOGINS:SASL_PLAINTEXT')
    expect(properties['listener.name.logins.plain.sasl.jaas.config']).toContain('user_no-configs="no-configs-password"')
  })

  it('have topics of one to five replicas and min ISR of one to three', () => {
    const topics = fiveTopics([1, 2, 3, 4, 5])
    const factors = new Set(topics.map(({ assignment }) => assignment[0]!.length))
    expect([...factors].sort()).toEqual([1, 2, 3, 4, 5])
    expect([...new Set(topics.map(({ configs }) => configs['min.insync.replicas']))].sort()).toEqual(['1', '2', '3'])
    for (const { replicas } of assignments(topics)) expect(new Set(replicas).size).toBe(replicas.length)
  })
})

describe('the topics of a sandbox', () => {
  const topics = sandboxTopics([1, 2, 3])

  it('have legal names up to the longest one', () => {
    for (const { name } of topics) expect(name).toMatch(/^[a-zA-Z0-9._-]{1,249}$/)
    expect(longestName).toHaveLength(249)
    expect(new Set(topics.map(({ name }) => name)).size).toBe(topics.length)
  })

  it('have every shape that the board shows', () => {
    const shapes = topics.map(({ assignment, configs }) => [
      assignment.length,
      assignment[0]?.length,
      configs['min.insync.replicas'],
    ])
    expect(shapes).toContainEqual([60, 3, '1'])
    expect(shapes).toContainEqual([3, 1, '1'])
    expect(shapes).toContainEqual([12, 3, '2'])
    expect(topics.some(({ configs }) => configs['cleanup.policy'] === 'compact')).toBe(true)
  })

  it('name each broker once a partition and spread the leaders', () => {
    for (const { replicas } of assignments(topics)) expect(new Set(replicas).size).toBe(replicas.length)
    const busy = assignments(topics).filter(({ topic }) => topic === roles.busy)
    for (const broker of [1, 2, 3]) expect(busy.filter(({ replicas }) => replicas[0] === broker)).toHaveLength(20)
    expect(new Set(busy.map(({ replicas }) => replicas.join())).size).toBe(6)
  })

  it('fit fewer brokers', () => {
    expect(assignments(sandboxTopics([1])).every(({ replicas }) => replicas.join() === '1')).toBe(true)
    expect(assignments(sandboxTopics([1, 2])).every(({ replicas }) => new Set(replicas).size === replicas.length)).toBe(
      true,
    )
  })
})

describe('what the set-up asks for', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['openjdk version "21" 2023-09-19', 21],
    ['java version "1.8.0_402"', 8],
    ['command not found', 0],
  ])('reads Java from %s', (banner, major) => {
    expect(javaMajor(banner)).toBe(major)
  })

  it('refuses an old Node in one line and takes a new one', () => {
    expect(() => checkNode('20.18.3')).toThrow('Node 20.18.3 is too old: install Node 20.19')
    expect(() => checkNode('18.20.0')).toThrow('too old')
    for (const version of ['20.19.0', '20.20.2', '22.1.0']) expect(() => checkNode(version)).not.toThrow()
  })
})
