import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, run } from './command'
import { installFolder } from './install-folder'
import { SetupError } from './progress.mjs'

/** Fetches a broker's jars into `folder`/lib. */
export function fetchWithMaven(
  maven: string,
  version: string,
  folder: string,
  report: (detail: string) => void,
): Promise<string> {
  report(`fetching Kafka ${version} through Maven (about 45 MB)`)
  return fetchJars(maven, `Kafka ${version}`, folder, [dependency('org.apache.kafka', 'kafka_2.13', version)])
}

/** Fetches the command-line tools of one version, with everything they need and nothing else, into `folder`/lib. */
export function fetchToolsWithMaven(
  maven: string,
  version: string,
  folder: string,
  report: (detail: string) => void,
): Promise<string> {
  report(`fetching the command-line tools of Kafka ${version} through Maven (about 45 MB)`)
  return fetchJars(maven, `the command-line tools of Kafka ${version}`, folder, [
    // kafka-configs.sh of this version lives in the broker's own jar.
    dependency('org.apache.kafka', 'kafka_2.13', version),
    // Kafka Connect with its web server comes along for one tool that nobody here calls.
    dependency('org.apache.kafka', 'kafka-tools', version, ['org.apache.kafka:connect-runtime']),
  ])
}

function fetchJars(maven: string, what: string, folder: string, dependencies: readonly string[]): Promise<string> {
  return installFolder(folder, async (work) => {
    writeFileSync(join(work, 'pom.xml'), pom(dependencies))
    const lib = join(work, 'lib')
    const goal = ['-q', '-B', '-f', join(work, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${lib}`]
    const result = await run(maven, goal, { limitMs: 600_000 })
    if (result.code === 0 && existsSync(lib)) return work
    const error = result.output.split('\n').find((line) => line.includes('[ERROR]')) ?? lastLines(result.output)
    const complaint = result.timedOut ? 'it took longer than 10 minutes' : error.replace('[ERROR] ', '')
    throw new SetupError(`Maven could not fetch ${what}: ${complaint.slice(0, 300)}`)
  })
}

function dependency(group: string, artifact: string, version: string, without: readonly string[] = []): string {
  const exclusions = without
    .map((name) => name.split(':'))
    .map(([from, what]) => `<exclusion><groupId>${from}</groupId><artifactId>${what}</artifactId></exclusion>`)
  return (
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>` +
    `<exclusions>${exclusions.join('')}</exclusions></dependency>`
  )
}

/** slf4j-simple because it needs no configuration and fits the slf4j 1.7 that Kafka brings; with a 2.x binding brokers are silent. */
function pom(dependencies: readonly string[]): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>highwater</groupId><artifactId>sandbox</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    ${dependencies.join('\n    ')}
    ${dependency('org.slf4j', 'slf4j-simple', '1.7.36')}
  </dependencies>
</project>
`
}
