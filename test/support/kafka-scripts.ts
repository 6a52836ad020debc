/**
 * The scripts of a Kafka download on a PATH of their own: what the window copies can be run as it stands, and the cluster's own tools can
 * be asked what a change did.
 */
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { ensureKafka } from '../../tools/setup/kafka'
import { ensureKafkaTools, kafkaScriptNames } from '../../tools/setup/kafka-tools'
import { shellWord } from '../../src-main/shared/shell-words'

export interface ScriptAnswer {
  readonly code: number
  readonly output: string
  /** What it wrote to standard error. */
  readonly complaints: string
}

export interface KafkaScripts {
  /** What a shell prints for the line. Throws when it does not end well or a Java class was missing on the way. */
  run(line: string): Promise<string>
  /** The same for lines that are expected to be refused. */
  answer(line: string): Promise<ScriptAnswer>
  remove(): Promise<void>
}

const LIMIT_MS = 120_000

export async function kafkaScripts(): Promise<KafkaScripts> {
  const folder = await mkdtemp(join(tmpdir(), 'highwater-scripts-'))
  const tools = await ensureKafkaTools(await ensureKafka())
  for (const name of kafkaScriptNames) {
    const path = join(folder, name)
    await writeFile(path, `#!/bin/sh\nexec ${tools.command(name).map(shellWord).join(' ')} "$@"\n`)
    await chmod(path, 0o755)
  }
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` }
  const answer = (line: string): Promise<ScriptAnswer> =>
    new Promise((resolve) => {
      // A pipe ends with the code of its last command; its first one is known by what it complained of.
      execFile(
        'sh',
        ['-c', line],
        { env, cwd: folder, timeout: LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 },
        (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
          resolve({ code, output: stdout.trim(), complaints: stderr.trim() })
        },
      )
    })
  return {
    answer,
    run: async (line) => {
      const { code, output, complaints } = await answer(line)
      if (code !== 0 || /NoClassDefFoundError|ClassNotFoundException|Exception in thread/.test(complaints))
        throw new Error(`"${line}" ended with ${code}: ${complaints || output}`)
      return output
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
