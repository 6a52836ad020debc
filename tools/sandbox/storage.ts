import { randomUUID } from 'node:crypto'
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from './host'
import type { NodePlan } from './layout'

/** Kafka's own spelling of a UUID: 16 bytes, base64 for URLs, no padding. It refuses ids that begin with a dash. */
export function kafkaUuid(): string {
  for (;;) {
    const id = Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url')
    if (!id.startsWith('-')) return id
  }
}

/**
 * Formats the nodes' storage. StorageTool takes a JVM start of 1.2 s per node, so it formats only the first node; the others
 * get the same bootstrap snapshot (feature levels, nothing that names a node) and a meta.properties of their own. With `formatted`, a storage
 * that StorageTool formatted before, all nodes do so. `release`: of the feature levels; '' = that of the software.
 * Layout seen on 3.3 … 4.4: meta.properties version 1 and, where the version writes one, bootstrap.checkpoint; 4.4 writes the snapshot of the metadata
 * log instead. Each controller needs that: whichever leads first begins the log, and one without it has no feature but metadata.version.
 */
export async function formatStorage(
  host: Host,
  nodes: readonly NodePlan[],
  configFile: (node: NodePlan) => string,
  { formatted = '', release = '' }: { readonly formatted?: string; readonly release?: string } = {},
): Promise<void> {
  const clusterId = kafkaUuid()
  const [first, ...others] = nodes
  if (!first) return
  const [firstDir] = first.logDirs
  const isNew = formatted === '' || release !== ''
  const source = isNew ? firstDir : formatted
  if (isNew) {
    const levels = release === '' ? [] : ['--release-version', release]
    const args = ['format', '-t', clusterId, '-c', configFile(first), ...levels]
    const { code, output } = await host.tool('kafka.tools.StorageTool', args)
    if (code !== 0) throw new Error(`Formatting the storage of node ${first.id} failed: ${output.trim().slice(-500)}`)
  } else {
    cpSync(formatted, firstDir, { recursive: true })
    writeProperties(firstDir, { clusterId, id: first.id, source })
  }
  for (const { id, role, logDirs } of others) {
    for (const [index, directory] of logDirs.entries()) {
      mkdirSync(directory, { recursive: true })
      if (index === 0 && role !== 'broker') cpSync(source, directory, { recursive: true })
      else if (index === 0)
        for (const name of readdirSync(source))
          if (name.endsWith('.checkpoint')) copyFileSync(join(source, name), join(directory, name))
      writeProperties(directory, { clusterId, id, source })
    }
  }
}

/** A directory without an id of its own gets one when its node starts (KafkaRaftServer.initializeLogDirs). */
function writeProperties(
  directory: string,
  { clusterId, id, source }: { clusterId: string; id: number; source: string },
): void {
  const directoryId = existsSync(join(source, 'bootstrap.checkpoint')) ? `directory.id=${kafkaUuid()}\n` : ''
  writeFileSync(join(directory, 'meta.properties'), `version=1\ncluster.id=${clusterId}\nnode.id=${id}\n${directoryId}`)
}
