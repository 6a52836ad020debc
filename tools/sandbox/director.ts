import { keyOf } from './cluster-view'
import type { Assignment } from './raw-admin'
import { healthy } from './sandbox'
import type { Sandbox } from './sandbox'
import { scenes } from './scenes'
import { unfit } from './scenes/scene'
import { noThrottleRates } from './throttles'
import type { RunningFlow } from './traffic'
import { assignments } from './topics'
import { until } from './until'

export interface Director {
  /** Plays a scene by name on top of whatever was played before. */
  play(name: string, broker?: number, say?: (text: string) => void): Promise<void>
  /** Undoes everything, in any state; resolves when every replica is in sync and led by its preferred leader. */
  heal(say?: (text: string) => void): Promise<void>
  /** Names of the scenes played since the last heal. */
  played(): readonly string[]
}

const healLimitMs = 180_000

export function direct(sandbox: Sandbox): Director {
  const { cluster, admin, topics, traffic } = sandbox
  let healed = new AbortController()
  let undoSteps: (() => Promise<void> | void)[] = []
  let extra: RunningFlow[] = []
  let played: string[] = []

  const play: Director['play'] = async (name, broker, say = () => {}) => {
    const scene = scenes.find((candidate) => candidate.name === name)
    if (!scene)
      throw new Error(`There is no scene "${name}". There are: ${scenes.map((known) => known.name).join(', ')}`)
    const why = unfit(scene, cluster.shape)
    if (why !== null) throw new Error(why)
    const ids = cluster.brokers().map(({ id }) => id)
    if (broker !== undefined && !ids.includes(broker))
      throw new Error(`There is no broker ${broker}: it has ${ids.join(', ')}`)
    played.push(name)
    await scene.play({
      sandbox,
      say,
      broker: (usual) => broker ?? (ids.includes(usual) ? usual : (ids.at(-1) ?? usual)),
      flow: (flow) => {
        const started = traffic.start(flow)
        extra.push(started)
        return started
      },
      undo: (step) => undoSteps.push(step),
      healed: healed.signal,
    })
  }

  const heal: Director['heal'] = async (say = () => {}) => {
    healed.abort()
    for (const flow of extra) flow.stop()
    await reviveNodes(sandbox, say)
    for (const step of undoSteps) await step()
    // Also what an earlier, interrupted run of a scene may have left: none of it is ever part of a healthy sandbox.
    for (const { id } of cluster.brokers()) await admin.alterBroker(id, noThrottleRates)
    await admin.reassign(await displaced(sandbox))
    await until('every replica to be in sync', healLimitMs, () => healthy(cluster, admin, topics), 250)
    // Asked again until every broker says so: one that has just come back may be passed over at first.
    await until('every preferred leader to lead', healLimitMs, async () => {
      const strays = (await admin.views()).flatMap(({ partitions }) =>
        partitions.filter(({ leader, replicas }) => leader !== replicas[0]),
      )
      if (strays.length === 0) return healthy(cluster, admin, topics)
      await admin.electPreferred([...new Map(strays.map((row) => [keyOf(row), row])).values()])
      return null
    })
    healed = new AbortController()
    undoSteps = []
    extra = []
    played = []
    say('Every replica is in sync and every partition is led by its preferred leader.')
  }
  return { play, heal, played: () => played }
}

/** Thaws what is frozen, reconnects what is cut off and starts what is dead. */
export async function reviveNodes({ cluster }: Pick<Sandbox, 'cluster'>, say: (text: string) => void): Promise<void> {
  // First of all: a broker that starts waits for a controller to let it in.
  for (const { id, state } of cluster.controllers()) {
    if (state === 'frozen') await cluster.thaw(id)
    else if (state === 'dead') await cluster.restart(id)
    else continue
    say(`Controller ${id} is back.`)
  }
  // A broker that starts is let in when the others list it, and they do not list one that is cut off.
  for (const id of cluster.cutOffs()) {
    cluster.reconnect(id)
    say(`Broker ${id} hears the controllers again.`)
  }
  const hurt = cluster.brokers().filter(({ state }) => state !== 'running')
  await Promise.all(
    hurt.map(async ({ id, state }) => {
      if (state === 'frozen') await cluster.thaw(id)
      else await cluster.restart(id)
      say(`Broker ${id} is back.`)
    }),
  )
}

/** Partitions whose replicas are not what they were created with, and what they should be. */
async function displaced({ admin, topics }: Sandbox): Promise<Assignment[]> {
  const now = new Map((await admin.view()).partitions.map((row) => [keyOf(row), row.replicas.join()]))
  return assignments(topics).filter((row) => now.has(keyOf(row)) && now.get(keyOf(row)) !== row.replicas.join())
}
