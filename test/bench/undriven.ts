import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createInterface } from 'node:readline'
import { electronFlags } from '../../tools/setup/window'
import { ensureElectron } from '../../tools/setup/electron'
import { appFolder, makeProfile, startEnvironment } from '../e2e/launch'
import { pssByKind } from './process-tree'
import type { Pss } from './process-tree'

/** What is started: the built app, opened on a cluster, or an empty window as the outside reference. */
export type Subject = { readonly bootstrap: string } | 'bare'

export interface UndrivenStart {
  /** From the start of the process until the page had painted its first picture. */
  readonly paintedMs: number
  /** Once it runs steadily: 20 pictures later, and a pause for what starting left behind. */
  readonly pss: Pss
}

const LIMIT_MS = 120_000
const REST_MS = 5_000

/** Starts the window the way a person does, in a profile folder of its own, reads it off and ends it by its pid. */
export async function startUndriven(subject: Subject): Promise<UndrivenStart> {
  const runtime = await ensureElectron()
  const profile = await makeProfile()
  const own =
    subject === 'bare'
      ? {}
      : { BENCH_APP: appFolder(), BOOTSTRAP: subject.bootstrap, CLUSTER_NAME: 'bench', ENV: 'dev' }
  const folder = fileURLToPath(new URL('./undriven', import.meta.url))
  const startedAt = Date.now()
  const child = spawn(runtime.executable, [folder, ...electronFlags(runtime)], {
    env: startEnvironment(profile, own),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const late = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
  try {
    let paintedMs = Number.NaN
    for await (const line of createInterface({ input: child.stdout })) {
      const [word, at] = line.split(' ')
      if (word === 'painted') paintedMs = Number(at) - startedAt
      if (word === 'settled') break
    }
    if (Number.isNaN(paintedMs)) throw new Error('the window ended before it had painted')
    await new Promise((resolve) => setTimeout(resolve, REST_MS))
    return { paintedMs, pss: pssByKind(child.pid ?? -1) }
  } finally {
    clearTimeout(late)
    child.kill('SIGKILL')
    await ended
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
