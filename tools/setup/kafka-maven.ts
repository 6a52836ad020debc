import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, run } from './command'
import { installFolder } from './install-folder'
import { SetupError } from './progress.mjs'

const LIMIT_MS = 900_000

/** Fetches a broker's jars into `folder`/lib. */
export function fetchWithMaven(
  maven: string,
  version: string,
  folder: string,
  report: (detail: string) => void,
): Promise<string> {
  report(`fetching Kafka ${version} through Maven (about 45 MB)`)
  return fetchJars({ maven, what: `Kafka ${version}`, folder, report }, [
    dependency('org.apache.kafka', 'kafka_2.13', version),
  ])
}

/** Fetches the command-line tools of one version, with everything they need and nothing else, into `folder`/lib. */
export function fetchToolsWithMaven(
  maven: string,
  version: string,
  folder: string,
  report: (detail: string) => void,
): Promise<string> {
  report(`fetching the command-line tools of Kafka ${version} through Maven (about 45 MB)`)
  return fetchJars({ maven, what: `the command-line tools of Kafka ${version}`, folder, report }, [
    // kafka-configs.sh of this version lives in the broker's own jar.
    dependency('org.apache.kafka', 'kafka_2.13', version),
    // Kafka Connect with its web server comes along for one tool that nobody here calls.
    dependency('org.apache.kafka', 'kafka-tools', version, ['org.apache.kafka:connect-runtime']),
  ])
}

interface Wanted {
  readonly maven: string
  readonly what: string
  readonly folder: string
  readonly report: (detail: string) => void
}

function fetchJars({ maven, what, folder, report }: Wanted, dependencies: readonly string[]): Promise<string> {
  return installFolder(
    folder,
    async (work) => {
      writeFileSync(join(work, 'pom.xml'), pom(dependencies))
      const lib = join(work, 'lib')
      // -U: a download that broke off earlier is remembered by Maven as missing for a day.
      const goal = [
        '-q',
        '-B',
        '-U',
        '-f',
        join(work, 'pom.xml'),
        'dependency:copy-dependencies',
        `-DoutputDirectory=${lib}`,
      ]
      let result = await run(maven, goal, { limitMs: LIMIT_MS })
      if (result.code !== 0 && !result.timedOut) {
        report('Maven did not get everything; trying once more')
        result = await run(maven, goal, { limitMs: LIMIT_MS })
      }
      if (result.code === 0 && holdsKafka(work)) return work
      const complaint = result.timedOut
        ? `it took longer than ${LIMIT_MS / 60_000} minutes`
        : mavenComplaint(result.output)
      throw new SetupError(
        `Maven could not fetch ${what}: ${complaint}. Check the connection to Maven Central (or the mirror in Maven's settings.xml) and run this again.`,
      )
    },
    holdsKafka,
  )
}

/** True when the jars are there: a folder alone may be one that somebody began to delete. */
export function holdsKafka(folder: string): boolean {
  const lib = join(folder, 'lib')
  return existsSync(lib) && readdirSync(lib).some((name) => /^kafka-clients-.*\.jar$/.test(name))
}

/** The cause out of Maven's pages: what it could not transfer or find, without what it was about to do with it. */
export function mavenComplaint(output: string): string {
  const error =
    output
      .split('\n')
      .find((line) => line.includes('[ERROR]'))
      ?.replace('[ERROR] ', '') ?? lastLines(output)
  const cause = /(Could not (?:transfer|find) artifact .*)$/.exec(error)?.[1] ?? error
  return cause
    .replace(/ -> \[Help \d+\].*$/, '')
    .trim()
    .slice(0, 300)
    .replace(/[.:]$/, '')
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
