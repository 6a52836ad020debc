/** Two real clusters that differ in their ids alone: one broker of the same number each, the same topics, and the same addresses in front of both. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { furnish, plainShape, startCluster } from '../../tools/sandbox'
import type { Sandbox } from '../../tools/sandbox'
import { freePorts } from '../../tools/sandbox/ports'
import type { ExtraListener } from '../../tools/sandbox/shape'
import { endings } from './endings'
import { startNameRelay } from './name-relay'
import type { NameRelay, Side } from './name-relay'

/** An address that both clusters tell clients to come to. */
export interface ClusterName {
  readonly bootstrap: string
  readonly relay: NameRelay
}

export interface TwoClusters {
  /** Each asked directly, past every name. */
  readonly sandboxes: Readonly<Record<Side, Sandbox>>
  /** Kafka's own. */
  readonly ids: Readonly<Record<Side, string>>
  /** They lead to A at first. */
  readonly names: readonly ClusterName[]
  close(): Promise<void>
}

/** Each cluster has one topic that the other lacks, so that a picture of both can be told. */
export const MARKS: Readonly<Record<Side, string>> = { A: 'only.a', B: 'only.b' }

/** A listener has threads of its own, and there are as many as names. */
const LIGHT = { 'num.network.threads': '1', 'num.io.threads': '2' }

function idOf({ cluster }: Sandbox): string {
  const text = readFileSync(join(cluster.logDirs(1)[0]!, 'meta.properties'), 'utf8')
  return /^cluster\.id=(.+)$/m.exec(text)?.[1] ?? ''
}

const portAt = (address: string): number => Number(address.slice(address.lastIndexOf(':') + 1))

/** `topics`: overrides of each by name, on both. */
export async function startTwoClusters(
  nameCount: number,
  topics: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<TwoClusters> {
  const opened = endings()
  const ports = await freePorts(nameCount)
  const listeners = ports.map((advertised, at): ExtraListener => ({
    name: `NAME${at}`,
    protocol: 'PLAINTEXT',
    advertised,
  }))
  const shape = { ...plainShape(1), brokers: [{ rack: 'rack-a', logDirs: 1, listeners }] }
  const start = async (side: Side): Promise<Sandbox> => {
    const cluster = await startCluster({ shape, combined: true, label: `name-${side}`, overrides: LIGHT })
    opened.add(() => cluster.close())
    const all = { ...topics, [MARKS[side]]: {} }
    const sandbox = await furnish(cluster, {
      steadyTraffic: false,
      topics: Object.entries(all).map(([name, configs]) => ({ name, assignment: [[1]], configs })),
    })
    opened.add(() => sandbox.close())
    return sandbox
  }
  try {
    const starting = [start('A'), start('B')] as const
    // What still starts when the other one has failed has to be ended too.
    await Promise.allSettled(starting)
    const [a, b] = await Promise.all(starting)
    const sandboxes = { A: a, B: b }
    const names: ClusterName[] = []
    for (const [at, port] of ports.entries()) {
      const targetOf = (side: Side): number => portAt(sandboxes[side].cluster.bootstrapOf(listeners[at]!))
      const relay = await startNameRelay(port, { A: targetOf('A'), B: targetOf('B') })
      opened.add(() => relay.close())
      names.push({ bootstrap: `127.0.0.1:${port}`, relay })
    }
    return { sandboxes, ids: { A: idOf(a), B: idOf(b) }, names, close: opened.all }
  } catch (error) {
    await opened.all()
    throw error
  }
}
