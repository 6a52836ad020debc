import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What tells this process from a later one with the same number: its start time. Empty where the system does not say;
 * null when there is no such process. Recorded beside every pid, so that nothing of somebody else's is ever ended.
 */
export function processMark(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return null
  }
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? null : (fields[19] ?? '')
    }
    if (process.platform === 'win32') return ''
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return null
  }
}

export const isSameProcess = ({ pid, mark }) => processMark(pid) === mark

export function readState(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8'))
  } catch {
    return null
  }
}

/** Ends everything that a run recorded and removes its folder. Safe to call twice, and for a run that ended well. */
export function reap(folder) {
  const state = readState(folder)
  for (const entry of state?.processes ?? []) {
    if (!isSameProcess(entry)) continue
    try {
      process.kill(entry.pid, 'SIGKILL')
    } catch {
      continue
    }
  }
  if (state?.container) {
    try {
      execFileSync(state.container.docker, ['rm', '-f', state.container.name], { stdio: 'ignore', timeout: 60000 })
    } catch {
      // No such container any more, or no daemon: nothing of ours runs there then.
    }
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

/** Cleans up after runs whose owner is gone, for instance after a power cut or when the guardian was ended too. */
export function reapAbandoned(runs) {
  let names = []
  try {
    names = readdirSync(runs)
  } catch {
    return []
  }
  const reaped = []
  for (const name of names) {
    const folder = join(runs, name)
    const state = readState(folder)
    // A folder without a state file is one that somebody is creating right now, unless its name's owner is gone.
    const owner = state?.owner ?? { pid: Number(/-(\d+)-\w+$/.exec(name)?.[1] ?? 0), mark: null }
    const alive = state ? isSameProcess(owner) : processMark(owner.pid) !== null
    if (alive) continue
    reap(folder)
    reaped.push(name)
  }
  return reaped
}
