import { spawn } from 'node:child_process'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { SetupError, say, step } from './progress.mjs'

export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '')

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** npm writes this file last, so its age tells whether an installation finished and which lock file it followed. */
const installedLock = join(root, 'node_modules', '.package-lock.json')

/** git gives both files of a fresh clone nearly the same time, hence the marker of our own beside npm's. */
const marker = join(root, 'node_modules', '.highwater-installed')

export function dependenciesAreCurrent() {
  const lock = modified(join(root, 'package-lock.json'))
  return modified(installedLock) > 0 && Math.max(modified(installedLock), modified(marker)) >= lock
}

export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new SetupError(
    `Node ${version} is too old: install Node 20.19 or newer from https://nodejs.org and run this again.`,
  )
}

/** Install scripts stay off: nothing that a package brings runs on this machine before somebody asked for it. */
export async function ensureDependencies() {
  checkNode()
  if (dependenciesAreCurrent()) return
  await withInstallLock(async () => {
    if (dependenciesAreCurrent()) return
    await step('Dependencies', () => npmCi())
    writeFileSync(marker, '')
  })
}

function npmCi() {
  const windows = process.platform === 'win32'
  return new Promise((resolve, reject) => {
    const child = spawn(windows ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: windows,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
    const ticking = setInterval(() => say('Dependencies: npm ci is still working'), 15000)
    child.on('error', (error) =>
      reject(new SetupError(`npm could not be started (${error.message}): is it on the PATH?`)),
    )
    child.on('close', (code) => {
      clearInterval(ticking)
      if (code === 0) return resolve(undefined)
      const reason =
        output
          .trim()
          .split('\n')
          .filter((line) => /npm (error|ERR!)/.test(line))[0] ?? `exit code ${code}`
      reject(
        new SetupError(`npm ci failed: ${reason.trim()}. Check the connection to the npm registry and run this again.`),
      )
    })
  })
}

/** Two commands started at once in a fresh clone must not both delete and fill node_modules. The lock names its owner. */
async function withInstallLock(work) {
  const lock = join(root, '.installing')
  for (let waiting = false; !takeLock(lock); waiting = true) {
    if (!waiting) say('Dependencies: waiting for another command that is installing them')
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  const release = () => rmSync(lock, { force: true })
  process.once('exit', release)
  try {
    await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

function takeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0)
  } catch {
    rmSync(lock, { force: true })
  }
  return false
}
