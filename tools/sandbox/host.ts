import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import type { KafkaInstall } from '../setup/kafka'
import { standsStill } from './stands-still'
import { until } from './until'

export type NodeSignal = 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'

/** A started JVM. `pid` is -1 where it has none on this machine (inside a container). */
export interface NodeProcess {
  readonly pid: number
  readonly exited: Promise<number | null>
  signal(signal: NodeSignal): Promise<void>
}

/** Where JVMs run: this machine, or one container. */
export interface Host {
  readonly bind: string
  start(main: string, args: readonly string[], logFile: string): Promise<NodeProcess>
  /** Runs a class of the broker's own jars (StorageTool) to its end. */
  tool(main: string, args: readonly string[]): Promise<{ code: number | null; output: string }>
  close(): void
}

/** Settings that get three brokers and a controller onto two cores: small heap, one collector thread, quick compiler only. */
export const jvmFlags = [
  '-Xmx320m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:-UsePerfData',
  '-Djava.awt.headless=true',
]

/** `flags` go to every JVM that is started here. */
export function localHost(install: KafkaInstall, java: string, flags: readonly string[]): Host {
  const separator = process.platform === 'win32' ? ';' : ':'
  return {
    bind: '127.0.0.1',
    start: (main, args, logFile) => {
      const log = openSync(logFile, 'a')
      const command = [
        ...jvmFlags,
        ...install.loggingFlags,
        ...flags,
        '-cp',
        install.classpath.join(separator),
        main,
        ...args,
      ]
      // Detached: Ctrl-C in a terminal must reach only us, who then end the nodes in order.
      const child = spawn(java, command, { stdio: ['ignore', log, log], detached: true, windowsHide: true })
      closeSync(log)
      const exited = new Promise<number | null>((resolve) => {
        child.once('exit', (code) => resolve(code))
        child.once('error', () => resolve(null))
      })
      const pid = child.pid ?? -1
      const signal = async (name: NodeSignal): Promise<void> => {
        if (child.exitCode !== null || child.signalCode !== null) return
        child.kill(name)
        if (name === 'SIGSTOP') await until(`process ${pid} to stand still`, 10_000, () => standsStill(pid) || null, 5)
      }
      return Promise.resolve({ pid, exited, signal })
    },
    tool: (main, args) =>
      new Promise((resolve) => {
        const command = [
          ...jvmFlags,
          ...install.loggingFlags,
          ...flags,
          '-cp',
          install.classpath.join(separator),
          main,
          ...args,
        ]
        const child = spawn(java, command, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
        let output = ''
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (text: Buffer) => (output += text.toString()))
        const timer = setTimeout(() => child.kill('SIGKILL'), 180_000)
        const finish = (code: number | null): void => {
          clearTimeout(timer)
          resolve({ code, output })
        }
        child.once('error', () => finish(null))
        child.once('close', finish)
      }),
    close: () => {},
  }
}
