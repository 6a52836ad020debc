import type { Cluster } from './cluster'
import { serveOrders } from './control'
import { direct } from './director'
import type { Director } from './director'
import { startSandbox } from './sandbox'
import type { Sandbox, SandboxOptions } from './sandbox'

export interface OperatedSandbox {
  readonly sandbox: Sandbox
  readonly director: Director
  /** Resolves when somebody ordered `stop`. */
  readonly stopped: Promise<void>
  close(): Promise<void>
}

/** A sandbox that takes orders from other terminals (`npm run sandbox -- SCENE`). */
export async function operateSandbox(options: SandboxOptions): Promise<OperatedSandbox> {
  const sandbox = await startSandbox(options)
  const director = direct(sandbox)
  let stop = (): void => {}
  const stopped = new Promise<void>((resolve) => {
    stop = resolve
  })
  const control = await serveOrders(async ({ name, broker }, say) => {
    if (name === 'status') statusLines(sandbox.cluster, director, sandbox).forEach(say)
    else if (name === 'stop') stop()
    else if (name === 'heal') await director.heal(say)
    else await director.play(name, broker ?? undefined, say)
  })
  sandbox.cluster.folder.update({ control: { port: control.port, token: control.token } })
  const close = async (): Promise<void> => {
    control.close()
    await sandbox.close()
  }
  return { sandbox, director, stopped, close }
}

function statusLines(cluster: Cluster, director: Director, { traffic }: Sandbox): string[] {
  const played = director.played()
  const flows = traffic.flows()
  const sum = (of: 'sent' | 'acknowledged' | 'refused'): number =>
    flows.reduce((total, { counts }) => total + counts[of], 0)
  return [
    `Kafka ${cluster.version} at ${cluster.bootstrap}`,
    ...cluster
      .brokers()
      .map(({ id, port, rack, state, pid }) => `broker ${id} (${rack}) port ${port}, pid ${pid}: ${state}`),
    `records sent ${sum('sent')}, acknowledged ${sum('acknowledged')}, refused ${sum('refused')}`,
    played.length > 0 ? `scenes played: ${played.join(', ')}` : 'no scene is on',
  ]
}
