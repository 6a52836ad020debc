import { spawn } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { isPassing, npmFailure } from './npm.mjs'
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
  const install = async () => {
    if (dependenciesAreCurrent()) return
    await step('Dependencies', npmCi)
    writeFileSync(marker, '')
  }
  // Two commands started at once in a fresh clone must not both delete and fill node_modules.
  const waiting = () => say('Dependencies: waiting for another command that is installing them')
  await withLock(join(root, '.installing'), install, waiting)
}

async function npmCi(report) {
  let ended = await runNpmCi()
  if (ended.code !== 0 && isPassing(ended.output)) {
    report('the connection broke; trying once more')
    ended = await runNpmCi()
  }
  if (ended.code !== 0) throw new SetupError(npmFailure('npm ci', ended.output, ended.code))
}

function runNpmCi() {
  const windows = process.platform === 'win32'
  return new Promise((resolve, reject) => {
    const child = spawn(
      windows ? 'npm.cmd' : 'npm',
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=5'],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: windows,
      },
    )
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
    const ticking = setInterval(() => say('Dependencies: npm ci is still working'), 15000)
    const stop = () => child.kill('SIGTERM')
    process.once('exit', stop)
    const finish = () => {
      clearInterval(ticking)
      process.off('exit', stop)
    }
    child.on('error', (error) => {
      finish()
      reject(new SetupError(`npm could not be started (${error.message}): is it on the PATH?`))
    })
    child.on('close', (code) => {
      finish()
      resolve({ code, output })
    })
  })
}
