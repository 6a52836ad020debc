import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../../tools/sandbox'
import { giveOrder } from '../../tools/sandbox/control'
import { isSameProcess, readState } from '../../tools/sandbox/reaper.mjs'
import type { RunState } from '../../tools/sandbox/reaper.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

interface Started {
  readonly child: ChildProcess
  readonly folder: string
  readonly state: RunState
}

let children: ChildProcess[] = []
let folders: string[] = []

afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  children = []
  folders = []
})

async function startCommand(): Promise<Started> {
  // A folder of our own, so that other sandboxes on this machine are neither seen nor touched.
  const path = mkdtempSync(join(tmpdir(), 'highwater-ends-'))
  folders.push(path)
  const env = { ...process.env, HIGHWATER_RUNS: join(path, 'run') }
  const child = spawn(process.execPath, [join(root, 'tools/run.mjs'), 'sandbox'], { cwd: root, env, stdio: 'ignore' })
  children.push(child)
  return until('the sandbox to take orders', 240_000, () => {
    if (!existsSync(join(path, 'run'))) return null
    for (const name of readdirSync(join(path, 'run'))) {
      const folder = join(path, 'run', name)
      const state = readState(folder)
      if (state?.control) return { child, folder, state }
    }
    return null
  })
}

const allGone = ({ folder, state }: Started): Promise<true> =>
  until('every process and the folder to be gone', 90_000, () => {
    return (!state.processes.some(isSameProcess) && !existsSync(folder)) || null
  })

const exited = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve))

describe('npm run sandbox ends with everything it started', () => {
  it('when it is killed outright, a frozen broker included', async () => {
    const started = await startCommand()
    const { control, processes } = started.state
    expect(processes.map(({ name }) => name).sort()).toEqual(['broker-1', 'broker-2', 'broker-3', 'controller-100'])
    if (!control) throw new Error('no control')
    expect(await giveOrder(control, { name: 'frozen-broker', broker: 1 }, () => {})).toBe(true)
    started.child.kill('SIGKILL')
    await allGone(started)
  })

  it('at Ctrl-C', async () => {
    const started = await startCommand()
    const end = exited(started.child)
    started.child.kill('SIGINT')
    expect(await end).toBe(130)
    await allGone(started)
  })

  it('when another terminal says stop, and takes no order without the token', async () => {
    const started = await startCommand()
    const { control } = started.state
    if (!control) throw new Error('no control')
    expect(await giveOrder({ ...control, token: 'guess' }, { name: 'heal', broker: null }, () => {})).toBe(false)
    const end = exited(started.child)
    expect(await giveOrder(control, { name: 'stop', broker: null }, () => {})).toBe(true)
    expect(await end).toBe(0)
    await allGone(started)
  })
})
