import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDir } from '../setup/places'
import { installFolder } from '../setup/install-folder'
import { olderKafkaVersion, wantedKafkaVersion } from '../setup/kafka'
import type { KafkaInstall } from '../setup/kafka'
import { localHost } from './host'
import { asText, nodeProperties, planNodes } from './layout'
import { brokerServes } from './raw-client'
import { plainShape } from './shape'
import { formatStorage } from './storage'
import { Hopeless, until } from './until'

const archiveName = 'classes.jsa'
const formattedName = 'formatted'
const quiet = ['-Xlog:cds=off', '-Xlog:cds+dynamic=off']

/** What is made once per Kafka and Java, so that a node starts sooner. */
export interface Prepared {
  /** JVM flags that map Kafka's classes from an archive; none where there is no archive. */
  readonly flags: readonly string[]
  /** A storage as StorageTool formats it; '' = none. */
  readonly formatted: string
}

const nothing: Prepared = { flags: [], formatted: '' }

/**
 * Kafka's classes in an archive (JEP 350) instead of being loaded and verified in every node, and a storage that was formatted before. Both come
 * from one node that is formatted, starts, serves and ends. Java checks that an archive fits and goes without it otherwise; so does a sandbox that
 * could not write one.
 */
export async function prepare(install: KafkaInstall, report: (detail: string) => void = () => {}): Promise<Prepared> {
  // Preparing costs more than it saves where a version is started once or twice, as long tests of old ones do.
  const often = [wantedKafkaVersion(), olderKafkaVersion]
  if (install.runtime.kind !== 'java' || !often.includes(install.version)) return nothing
  const folder = join(cacheDir(), `prepared-${install.version}-${fingerprint(install)}`)
  const archive = join(folder, archiveName)
  if (!existsSync(folder)) {
    report('preparing a class archive, once')
    await installFolder(folder, async (work) => {
      mkdirSync(join(work, 'done'))
      await train(install, install.runtime.kind === 'java' ? install.runtime.java : '', work).catch(() => {
        // An empty folder remembers that there is none to be had, so that not every start tries again.
        writeFileSync(join(work, 'done', 'none'), '')
      })
      return join(work, 'done')
    })
  }
  return {
    flags: existsSync(archive) ? [`-XX:SharedArchiveFile=${archive}`, '-Xshare:auto', ...quiet] : [],
    formatted: existsSync(join(folder, formattedName)) ? join(folder, formattedName) : '',
  }
}

/** Java refuses an archive made by another Java or for other jars; the name says both, so that a new one is written. */
function fingerprint({ classpath, runtime }: KafkaInstall): string {
  const hash = createHash('sha256').update(
    runtime.kind === 'java' ? `${runtime.java} ${statSync(runtime.java).mtimeMs}` : '',
  )
  for (const jar of classpath) hash.update(`${jar} ${statSync(jar).mtimeMs}\n`)
  return hash.digest('hex').slice(0, 12)
}

async function train(install: KafkaInstall, java: string, work: string): Promise<void> {
  const flags = [`-XX:ArchiveClassesAtExit=${join(work, 'done', archiveName)}`, ...quiet]
  const shape = plainShape(1)
  const [node] = await planNodes({ shape, combined: true, controllerCount: 0, zookeeper: false, folder: work })
  if (!node) return
  mkdirSync(node.folder, { recursive: true })
  const config = join(node.folder, 'server.properties')
  writeFileSync(config, asText(nodeProperties(node, { shape, nodes: [node], bind: '127.0.0.1', overrides: {} })))
  await formatStorage(localHost(install, java, []), [node], () => config)
  cpSync(node.logDirs[0], join(work, 'done', formattedName), { recursive: true })
  const process = await localHost(install, java, flags).start('kafka.Kafka', [config], join(work, 'output.log'))
  let ended = false
  void process.exited.then(() => (ended = true))
  try {
    await until('the training node', 90_000, async () => {
      if (ended) throw new Hopeless('the training node ended')
      return (await brokerServes(node.port)) || null
    })
    await process.signal('SIGTERM')
    await until('the archive to be written', 60_000, () => ended || null)
  } finally {
    await process.signal('SIGKILL')
  }
}
