import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, run } from './command'
import { installFolder } from './install-folder'
import { SetupError } from './progress.mjs'

/** The newest command-line tools on Maven Central; tools of a newer Kafka than this are not published there. */
const newestTools = '4.3.1'

/** Fetches a broker's jars into `folder`: lib/ for nodes, tools/ for the command-line tools. */
export function fetchWithMaven(
  maven: string,
  version: string,
  folder: string,
  report: (detail: string) => void,
): Promise<string> {
  return installFolder(folder, async (work) => {
    report(`fetching Kafka ${version} through Maven (about 45 MB)`)
    await copyDependencies(maven, version, work)
    mkdirSync(join(work, 'tools'))
    for (const jar of readdirSync(join(work, 'lib'))) {
      if (/^kafka-tools-\d/.test(jar)) renameSync(join(work, 'lib', jar), join(work, 'tools', jar))
    }
    return work
  })
}

async function copyDependencies(maven: string, version: string, work: string): Promise<void> {
  let complaint = ''
  for (const tools of new Set([version, newestTools])) {
    writeFileSync(join(work, 'pom.xml'), pom(version, tools))
    const goal = [
      '-q',
      '-B',
      '-f',
      join(work, 'pom.xml'),
      'dependency:copy-dependencies',
      `-DoutputDirectory=${join(work, 'lib')}`,
    ]
    const result = await run(maven, goal, { limitMs: 600_000 })
    if (result.code === 0 && existsSync(join(work, 'lib'))) return
    const errors = result.output.split('\n').filter((line) => line.includes('[ERROR]'))
    complaint = result.timedOut ? 'it took longer than 10 minutes' : (errors[0] ?? lastLines(result.output))
  }
  throw new SetupError(`Maven could not fetch Kafka ${version}: ${complaint.replace('[ERROR] ', '').slice(0, 300)}`)
}

/** slf4j-simple because it needs no configuration and fits the slf4j 1.7 that Kafka brings; with a 2.x binding brokers are silent. */
function pom(version: string, tools: string): string {
  const dependency = (group: string, artifact: string, number: string, rest = ''): string =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${number}</version>${rest}</dependency>`
  const alone = '<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>'
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>highwater</groupId><artifactId>sandbox</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    ${dependency('org.apache.kafka', 'kafka_2.13', version)}
    ${dependency('org.apache.kafka', 'kafka-tools', tools, alone)}
    ${dependency('org.slf4j', 'slf4j-simple', '1.7.36')}
  </dependencies>
</project>
`
}
