import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { KafkaInstall } from '../../setup/kafka'

export interface JavaProcess {
  /** Sends one line and resolves with the line that answers it. Questions are asked one after the other. */
  readonly ask: (line: string) => Promise<string>
  readonly close: () => void
}

interface Waiting {
  readonly resolve: (line: string) => void
  readonly reject: (error: Error) => void
}

const askLimitMs = 90_000

/** Witness.java beside the brokers behind `bootstrap`. */
export function startWitnessProcess(install: KafkaInstall, bootstrap: string): Promise<JavaProcess> {
  return startJavaProcess(install, new URL('./Witness.java', import.meta.url), [bootstrap])
}

/**
 * Compiles and starts one source file with Kafka's classes (a JDK is needed) and resolves when it has said that it is
 * ready, with its first line. It ends with its stdin, so with us.
 */
export async function startJavaProcess(
  install: KafkaInstall,
  sourceFile: URL,
  args: readonly string[],
): Promise<JavaProcess> {
  if (install.runtime.kind !== 'java')
    throw new Error("Kafka's own classes are asked in a local process: this needs Java, not Docker")
  const source = fileURLToPath(sourceFile)
  const classpath = install.classpath.join(process.platform === 'win32' ? ';' : ':')
  const flags = [
    '-Xmx192m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=off',
  ]
  const child = spawn(install.runtime.java, [...flags, '-cp', classpath, source, ...args], { stdio: 'pipe' })
  const waiting: Waiting[] = []
  let complaint = ''
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line))
  const fail = (why: string): void => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`${source} ended: ${why} ${complaint.slice(-500)}`))
  }
  child.once('error', (error) => fail(error.message))
  child.once('exit', (code) => fail(`exit code ${code ?? 'none'}`))
  child.stdin.on('error', () => {})
  const next = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail(`no answer within ${askLimitMs / 1000} s`), askLimitMs)
      const settle =
        <T>(how: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer)
          how(value)
        }
      waiting.push({ resolve: settle(resolve), reject: settle(reject) })
    })
  const end = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', end)
  await next()
  return {
    ask: (line) => {
      const answer = next()
      child.stdin.write(`${line}\n`)
      return answer
    },
    close: () => {
      process.off('exit', end)
      end()
    },
  }
}
