/**
 * The scripts of a Kafka download, for the Kafka that the sandbox runs on: what the window copies can be run as it
 * stands.
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { run } from '../../tools/setup/command'
import { ensureKafka } from '../../tools/setup/kafka'

export interface KafkaScripts {
  /** What a shell prints for the line. */
  run(line: string): Promise<string>
  remove(): Promise<void>
}

export async function kafkaScripts(): Promise<KafkaScripts> {
  const folder = await mkdtemp(join(tmpdir(), 'highwater-scripts-'))
  const { runtime, toolsClasspath, loggingFlags } = await ensureKafka()
  const name = 'kafka-topics.sh'
  const flags = `-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${loggingFlags.join(' ')}`
  const command =
    runtime.kind === 'java'
      ? `'${runtime.java}' ${flags} -cp '${toolsClasspath.join(delimiter)}' org.apache.kafka.tools.TopicCommand`
      : `'${runtime.docker}' run --rm --network host ${runtime.image} /opt/kafka/bin/${name}`
  const path = join(folder, name)
  // The published tools are of 4.3: beside newer jars they answer in full, then miss a class on the way out. The others
  // cannot even begin.
  await writeFile(path, `#!/bin/sh\nexec ${command} "$@" 2>/dev/null\n`)
  await chmod(path, 0o755)
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` }
  return {
    run: async (line) => (await run('sh', ['-c', line], { limitMs: 60_000, env })).output.trim(),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
