import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface SyntheticOptions {
  readonly partitions: number
  readonly topics: number
  readonly replicationFactor: number
  readonly brokers: number
  /** Whether they answer what a plan asks too: settings of topics, sizes, groups, reassignments. */
  readonly plans?: boolean
  /** Whether every topic is set as the audit would not have it. */
  readonly faulty?: boolean
}

export interface SyntheticCluster {
  readonly bootstrap: string
  readonly pid: number
  /** Every n-th partition loses its last replica from the ISR; 0 = all well. Resolves when the brokers answer so, with the time of the switch. */
  shrink(every: number): Promise<number>
  close(): void
}

/**
 * More partitions than real brokers can carry on one machine: a process of its own that speaks the wire protocol on loopback sockets, one
 * port per broker. Sockets, framing, decoding, monitor and window are the real ones.
 */
export function startSyntheticCluster(options: SyntheticOptions): Promise<SyntheticCluster> {
  const script = fileURLToPath(new URL('./synthetic-brokers.ts', import.meta.url))
  const child = fork(script, [JSON.stringify(options)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the synthetic brokers ended with ${code}`)))
    child.once('message', (first: { readonly ports: readonly number[] }) => {
      resolve({
        bootstrap: first.ports.map((port) => `127.0.0.1:${port}`).join(','),
        pid: child.pid ?? -1,
        shrink: (every) =>
          new Promise((done) => {
            child.once('message', (answer: { readonly switchedAt: number }) => done(answer.switchedAt))
            child.send({ shrink: every })
          }),
        close: () => child.kill('SIGKILL'),
      })
    })
  })
}
