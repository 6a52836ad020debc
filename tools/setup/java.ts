import { join } from 'node:path'
import { run, which } from './command'

export interface Java {
  readonly path: string
  readonly major: number
}

/** Java 17 or newer: what Kafka 4 needs. JAVA_HOME wins over the PATH, as for Kafka's own scripts. Null when there is none. */
export async function findJava(): Promise<Java | null> {
  const home = process.env['JAVA_HOME']
  const candidates = [
    home ? join(home, 'bin', process.platform === 'win32' ? 'java.exe' : 'java') : null,
    which('java'),
  ]
  for (const path of candidates) {
    if (path === null) continue
    const answer = await run(path, ['-version'], { limitMs: 20_000 })
    const major = answer.code === 0 ? javaMajor(answer.output) : 0
    if (major >= 17) return { path, major }
  }
  return null
}

/** Major version from what `java -version` prints; old ones call themselves 1.8. */
export function javaMajor(banner: string): number {
  const found = /version "(\d+)(?:\.(\d+))?/.exec(banner)
  if (!found) return 0
  return Number(found[1]) === 1 ? Number(found[2] ?? 0) : Number(found[1])
}
