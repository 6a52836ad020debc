import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { run, which } from './command'
import { findJava } from './java'
import type { Java } from './java'
import { fetchWithMaven, holdsKafka } from './kafka-maven'
import { cacheDir } from './places'
import { SetupError } from './progress.mjs'

export const defaultKafkaVersion = '4.4.0'
/** What `npm test` tries beside it. */
export const olderKafkaVersion = '3.9.1'

/** Where the nodes run: as Java processes of this machine, or inside one container of the official image. */
export type KafkaRuntime =
  | { readonly kind: 'java'; readonly java: string; readonly javaMajor: number }
  | { readonly kind: 'docker'; readonly docker: string; readonly image: string }

export interface KafkaInstall {
  readonly version: string
  /** Class path of a node, in the order Java must see it (an AppCDS archive is only valid for the same order). */
  readonly classpath: readonly string[]
  /** The unpacked Kafka that KAFKA_HOME names; null where jars were fetched or an image is used. */
  readonly home: string | null
  readonly loggingFlags: readonly string[]
  readonly runtime: KafkaRuntime
}

export const wantedKafkaVersion = (): string => process.env['KAFKA_VERSION'] || defaultKafkaVersion

/**
 * Finds Kafka or fetches it, in this order: KAFKA_HOME, the cache, Maven with Java 17+, Docker.
 * KAFKA_HOME is passed over when a test asks for a version that it does not hold.
 */
export async function ensureKafka(
  version: string = wantedKafkaVersion(),
  report: (detail: string) => void = () => {},
): Promise<KafkaInstall> {
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new SetupError(`KAFKA_VERSION is "${version}": give a full version such as ${defaultKafkaVersion}.`)
  }
  const java = await findJava()
  if (java) {
    const runtime = runtimeOf(java)
    const found = kafkaOnDisk(version, runtime)
    if (found) return found
    const maven = which('mvn')
    if (maven) {
      const folder = await fetchWithMaven(maven, version, cacheOf(version), report)
      return kafkaFromFolder(version, folder, runtime)
    }
  }
  const docker = which('docker')
  if (docker && (await run(docker, ['version', '--format', '{{.Server.Version}}'], { limitMs: 15_000 })).code === 0) {
    return kafkaFromDocker(docker, version, report)
  }
  const missing = java ? 'Maven is missing' : 'Java 17 or newer is missing'
  const daemon = docker ? ' (docker is installed, but its daemon does not answer)' : ''
  throw new SetupError(
    `Kafka ${version} cannot be had: ${missing} and there is no Docker to use instead${daemon}. Install ` +
      `${java ? 'Maven' : 'Java 17 and Maven'} or start Docker, or set KAFKA_HOME to an unpacked Kafka.`,
  )
}

/** Kafka of this version where Java can start it and nothing has to be fetched: KAFKA_HOME or the cache. Null where there is none. */
export async function kafkaAtHand(version: string): Promise<KafkaInstall | null> {
  const java = await findJava()
  return java === null ? null : kafkaOnDisk(version, runtimeOf(java))
}

const cacheOf = (version: string): string => join(cacheDir(), `kafka-${version}`)
const runtimeOf = ({ path, major }: Java): KafkaRuntime => ({ kind: 'java', java: path, javaMajor: major })

function kafkaOnDisk(version: string, runtime: KafkaRuntime): KafkaInstall | null {
  const home = kafkaFromHome(version, runtime)
  if (home) return home
  const folder = cacheOf(version)
  return holdsKafka(folder) ? kafkaFromFolder(version, folder, runtime) : null
}

/** Jars of a folder in a fixed order: Java refuses a class archive when it changes. */
export const jarsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jar'))
    .sort()
    .map((name) => join(folder, name))

function kafkaFromFolder(version: string, folder: string, runtime: KafkaRuntime): KafkaInstall {
  const classpath = jarsIn(join(folder, 'lib'))
  const loggingFlags = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true']
  return { version, classpath, home: null, loggingFlags, runtime }
}

function kafkaFromHome(version: string, runtime: KafkaRuntime): KafkaInstall | null {
  const home = process.env['KAFKA_HOME']
  if (!home) return null
  const libs = join(home, 'libs')
  const jars = existsSync(libs) ? jarsIn(libs) : []
  const found = jars
    .map((jar) => /kafka-clients-(\d+\.\d+\.\d+)\.jar$/.exec(jar)?.[1])
    .find((name) => name !== undefined)
  if (!found)
    throw new SetupError(
      `KAFKA_HOME is "${home}", which holds no libs/kafka-clients-*.jar: point it at an unpacked Kafka.`,
    )
  // Only a version that somebody asked for by name can disagree with the Kafka that is there.
  if (found !== version && (process.env['KAFKA_VERSION'] || version !== defaultKafkaVersion)) return null
  const config = ['tools-log4j2.yaml', 'tools-log4j.properties']
    .map((name) => join(home, 'config', name))
    .find((path) => existsSync(path))
  const flag = config?.endsWith('.yaml') ? '-Dlog4j2.configurationFile=' : '-Dlog4j.configuration=file:'
  return { version: found, classpath: jars, home, loggingFlags: config ? [flag + config] : [], runtime }
}

async function kafkaFromDocker(
  docker: string,
  version: string,
  report: (detail: string) => void,
): Promise<KafkaInstall> {
  const image = `apache/kafka:${version}`
  if ((await run(docker, ['image', 'inspect', image], { limitMs: 30_000 })).code !== 0) {
    report(`pulling ${image}`)
    const pulled = await run(docker, ['pull', '--quiet', image], { limitMs: 900_000 })
    if (pulled.code !== 0)
      throw new SetupError(`docker could not pull ${image}: ${pulled.output.trim().split('\n').at(-1) ?? ''}`)
  }
  const classpath = ['/opt/kafka/libs/*']
  const loggingFlags = ['-Dlog4j2.configurationFile=/opt/kafka/config/tools-log4j2.yaml']
  return { version, classpath, home: null, loggingFlags, runtime: { kind: 'docker', docker, image } }
}
