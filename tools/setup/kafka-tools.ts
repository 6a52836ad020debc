import { delimiter, join } from 'node:path'
import { which } from './command'
import { jarsIn } from './kafka'
import type { KafkaInstall } from './kafka'
import { fetchToolsWithMaven, holdsKafka } from './kafka-maven'
import { cacheDir } from './places'
import { SetupError } from './progress.mjs'

/**
 * The newest command-line tools whose every part is on Maven Central. They are kept whole and apart from a broker's jars: beside those of another
 * version they answer, then miss a class on the way out. Tools of one version serve brokers of any that speaks its protocol (KIP-35).
 */
export const toolsVersion = '4.3.1'

/** Scripts of a Kafka download and the class behind each (bin/*.sh of Kafka 4.3). */
const mains = {
  'kafka-topics.sh': 'org.apache.kafka.tools.TopicCommand',
  'kafka-acls.sh': 'org.apache.kafka.tools.AclCommand',
  'kafka-configs.sh': 'kafka.admin.ConfigCommand',
  'kafka-reassign-partitions.sh': 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand',
  'kafka-leader-election.sh': 'org.apache.kafka.tools.LeaderElectionCommand',
  'kafka-features.sh': 'org.apache.kafka.tools.FeatureCommand',
  'kafka-transactions.sh': 'org.apache.kafka.tools.TransactionsCommand',
  'kafka-metadata-quorum.sh': 'org.apache.kafka.tools.MetadataQuorumCommand',
  'kafka-dump-log.sh': 'org.apache.kafka.tools.DumpLogSegments',
  'kafka-broker-api-versions.sh': 'org.apache.kafka.tools.BrokerApiVersionsCommand',
} as const

export type KafkaScript = keyof typeof mains
export const kafkaScriptNames = Object.keys(mains) as KafkaScript[]

export interface KafkaTools {
  readonly version: string
  /** Program and first arguments of one tool; those of the person follow. */
  command(script: KafkaScript): readonly [string, ...string[]]
}

// Quick compiler and one collector thread: a tool lives for a second, and most of it is the start of its JVM.
const jvmFlags = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData', '-Xshare:auto']

/** Finds the command-line tools that go with an install, or fetches them once: scripts of KAFKA_HOME, of the image, or jars from Maven. */
export async function ensureKafkaTools(
  install: KafkaInstall,
  report: (detail: string) => void = () => {},
): Promise<KafkaTools> {
  const { runtime, home, version } = install
  if (runtime.kind === 'docker') {
    const container = ['run', '--rm', '--network', 'host', '--entrypoint']
    return {
      version,
      command: (script) => [runtime.docker, ...container, `/opt/kafka/bin/${script}`, runtime.image],
    }
  }
  if (home !== null && process.platform !== 'win32')
    return { version, command: (script) => [join(home, 'bin', script)] }
  const folder = join(cacheDir(), `kafka-tools-${toolsVersion}`)
  if (!holdsKafka(folder)) {
    const maven = which('mvn')
    if (!maven) throw new SetupError("Kafka's command-line tools cannot be had: install Maven, or set KAFKA_HOME.")
    await fetchToolsWithMaven(maven, toolsVersion, folder, report)
  }
  const classpath = jarsIn(join(folder, 'lib')).join(delimiter)
  return {
    version: toolsVersion,
    command: (script) => [runtime.java, ...jvmFlags, ...install.loggingFlags, '-cp', classpath, mains[script]],
  }
}
