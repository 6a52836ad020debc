import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runsDir } from '../setup/places'
import { isSameProcess, processMark, readState, reap, reapAbandoned } from './reaper.mjs'
import type { RecordedProcess, RunState } from './reaper.mjs'

type Facts = Omit<RunState, 'owner' | 'processes'>

/** The folder of one running sandbox: its nodes' data, and the list of what has to be ended when it ends. */
export interface RunFolder {
  readonly path: string
  update(facts: Partial<Facts>): void
  record(pid: number, name: string): void
  forget(pid: number): void
  /** Ends every recorded process at once and removes the folder. Synchronous, so that it also works while exiting. */
  destroy(): void
}

/** Opens a new folder, cleans up after abandoned runs first, and sets a guardian beside this process. */
export function openRunFolder(label: string, version: string): RunFolder {
  mkdirSync(runsDir(), { recursive: true })
  reapAbandoned(runsDir())
  const path = mkdtempSync(join(runsDir(), `${label}-${process.pid}-`))
  const processes = new Map<number, RecordedProcess>()
  let facts: Facts = { label, version, bootstrap: '', brokers: [], container: null, control: null }
  const owner = { pid: process.pid, mark: processMark(process.pid) ?? '' }
  let open = true
  const save = (): void => {
    if (!open) return
    const state: RunState = { ...facts, owner, processes: [...processes.values()] }
    const file = join(path, 'state.json')
    writeFileSync(`${file}.new`, JSON.stringify(state, null, 2), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  save()
  const guardian = spawn(process.execPath, [fileURLToPath(new URL('./guardian.mjs', import.meta.url)), path], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    windowsHide: true,
  })
  guardian.unref()
  const destroy = (): void => {
    if (!open) return
    open = false
    process.off('exit', destroy)
    reap(path)
    guardian.stdin.destroy()
  }
  process.once('exit', destroy)
  return {
    path,
    update: (changed) => {
      facts = { ...facts, ...changed }
      save()
    },
    record: (pid, name) => {
      processes.set(pid, { pid, name, mark: processMark(pid) ?? '' })
      save()
    },
    forget: (pid) => {
      processes.delete(pid)
      save()
    },
    destroy,
  }
}

/** Runs whose owner is alive, newest first. */
export function liveRuns(): RunState[] {
  let names: string[] = []
  try {
    names = readdirSync(runsDir())
  } catch {
    return []
  }
  return names
    .map((name) => readState(join(runsDir(), name)))
    .filter((state): state is RunState => state !== null && isSameProcess(state.owner))
    .sort((a, b) => b.owner.mark.localeCompare(a.owner.mark, 'en', { numeric: true }))
}
