import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isSameProcess, processMark, readState, reapAbandoned } from '../../../tools/sandbox/reaper.mjs'

let runs: string
let children: ChildProcess[] = []

beforeEach(() => {
  runs = mkdtempSync(join(tmpdir(), 'highwater-runs-'))
})

afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  rmSync(runs, { recursive: true, force: true })
})

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

function idle(): ChildProcess & { pid: number } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  children.push(child)
  if (child.pid === undefined) throw new Error('not started')
  return Object.assign(child, { pid: child.pid })
}

function writeRun(name: string, state: object): string {
  const folder = join(runs, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'state.json'), JSON.stringify(state))
  return folder
}

const self = { pid: process.pid, mark: processMark(process.pid) ?? '' }
/** A number that no process has: above the highest that Linux and macOS give out. */
const nobody = { pid: 2 ** 22 + 1, mark: '1' }

describe('abandoned runs', () => {
  it('are ended by recorded pid, and their folder goes', async () => {
    const child = idle()
    const entry = { pid: child.pid, mark: processMark(child.pid) ?? '', name: 'broker-1' }
    const folder = writeRun('test-1-aaaaaa', { owner: nobody, processes: [entry], container: null })
    expect(isSameProcess(entry)).toBe(true)
    expect(reapAbandoned(runs)).toEqual(['test-1-aaaaaa'])
    await ended(child)
    expect(existsSync(folder)).toBe(false)
    expect(isSameProcess(entry)).toBe(false)
  })

  it('never cost another process that got the number later', () => {
    const child = idle()
    writeRun('test-1-bbbbbb', {
      owner: nobody,
      processes: [{ pid: child.pid, mark: 'another start time', name: 'broker-1' }],
    })
    reapAbandoned(runs)
    expect(processMark(child.pid)).not.toBeNull()
    expect(child.signalCode).toBeNull()
  })

  it('are told from live ones, whose owner is there', () => {
    const child = idle()
    const entry = { pid: child.pid, mark: processMark(child.pid) ?? '', name: 'broker-1' }
    const folder = writeRun('test-1-cccccc', { owner: self, processes: [entry] })
    expect(reapAbandoned(runs)).toEqual([])
    expect(readState(folder)?.processes).toEqual([entry])
    expect(isSameProcess(entry)).toBe(true)
  })

  it('without a state file belong to whoever is named by their folder', () => {
    mkdirSync(join(runs, `test-${process.pid}-dddddd`))
    mkdirSync(join(runs, `test-${nobody.pid}-eeeeee`))
    expect(reapAbandoned(runs)).toEqual([`test-${nobody.pid}-eeeeee`])
  })

  it('are none where nothing ever ran', () => {
    expect(reapAbandoned(join(runs, 'missing'))).toEqual([])
  })
})
