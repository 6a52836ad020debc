import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { run } from '../setup/command'
import type { KafkaInstall, KafkaRuntime } from '../setup/kafka'
import { SetupError } from '../setup/progress.mjs'
import { jvmFlags } from './host'
import type { Host, NodeSignal } from './host'
import type { RunFolder } from './run-folder'
import { until } from './until'

type DockerRuntime = Extract<KafkaRuntime, { kind: 'docker' }>

/**
 * One container for the whole cluster: its nodes are processes in it and see each other on its loopback, as they do on a
 * machine; only the brokers' ports are published, on our loopback. Its main process reads the pipe that we hold, so it ends
 * with us, and with it every node.
 */
export async function dockerHost(
  install: KafkaInstall,
  { docker, image }: DockerRuntime,
  folder: RunFolder,
  ports: readonly number[],
): Promise<Host> {
  const name = `highwater-${process.pid}-${randomBytes(3).toString('hex')}`
  const user = process.getuid ? ['--user', `${process.getuid()}:${process.getgid?.() ?? 0}`] : []
  const published = ports.flatMap((port) => ['-p', `127.0.0.1:${port}:${port}`])
  const mount = ['-v', `${folder.path}:${folder.path}`]
  const keeper = ['--entrypoint', 'sh', image, '-c', 'cat > /dev/null']
  folder.update({ container: { docker, name } })
  const container = spawn(
    docker,
    ['run', '-i', '--rm', '--init', '--name', name, ...user, ...mount, ...published, ...keeper],
    {
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  )
  let complaint = ''
  container.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
  container.stdin.on('error', () => {})
  await until('the container to run', 60_000, async () => {
    if (container.exitCode !== null) throw new SetupError(`docker could not start ${image}: ${complaint.trim()}`)
    const state = await run(docker, ['inspect', '-f', '{{.State.Running}}', name], { limitMs: 15_000 })
    return state.output.trim() === 'true' || null
  })
  const command = (classpath: readonly string[], main: string, args: readonly string[]): string[] => [
    ...['java', ...jvmFlags, ...install.loggingFlags, '-cp', classpath.join(':'), main],
    ...args,
  ]
  return {
    // Published ports arrive at the container's own address, not at its loopback.
    bind: '0.0.0.0',
    start: (main, args, logFile) => {
      const pidFile = `${logFile}.pid`
      const log = openSync(logFile, 'a')
      // The shell notes its number and becomes the node, so that signals reach the JVM itself.
      const shell = ['sh', '-c', 'echo $$ > "$0"; exec "$@"', pidFile]
      const child = spawn(docker, ['exec', name, ...shell, ...command(install.classpath, main, args)], {
        stdio: ['ignore', log, log],
      })
      closeSync(log)
      const exited = new Promise<number | null>((resolve) => {
        child.once('exit', resolve)
        child.once('error', () => resolve(null))
      })
      const signal = async (signalName: NodeSignal): Promise<void> => {
        const kill = `kill -${signalName.slice(3)} "$(cat "$0")"`
        await run(docker, ['exec', name, 'sh', '-c', kill, pidFile], { limitMs: 15_000 })
      }
      return Promise.resolve({ pid: -1, exited, signal })
    },
    tool: async (main, args) => {
      const { code, output } = await run(docker, ['exec', name, ...command(install.classpath, main, args)], {
        limitMs: 60_000,
      })
      return { code, output }
    },
    close: () => {
      container.stdin.destroy()
    },
  }
}
