import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { run } from './command'
import { withLock } from './lock.mjs'
import { NOTICES, writeNotices } from './notices'
import { projectRoot } from './places'
import { SetupError } from './progress.mjs'

/** Oldest Electron that the app is run on; building for it makes one build serve the official and the stock runtime. */
export const buildEnv = { ELECTRON_MAJOR_VER: '33' } as const

const sources = [
  'src-main',
  'src-renderer',
  'package-lock.json',
  'electron.vite.config.ts',
  'vite.inspect.config.ts',
  'tools/setup/notices.ts',
  'tsconfig.base.json',
]
const products = ['main/index.js', 'preload/preload.cjs', 'renderer/index.html', 'inspect/inspect.mjs', NOTICES]
const marker = join(projectRoot, 'out', '.built')
const tools = {
  app: [join(projectRoot, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'],
  inspect: [join(projectRoot, 'node_modules/vite/bin/vite.js'), 'build', '--config', 'vite.inspect.config.ts'],
}

const modified = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

function newest(path: string): number {
  const own = modified(path)
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return own
  // Folders count too: removing a file changes nothing but its folder.
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), own)
}

export function buildIsCurrent(): boolean {
  if (products.some((name) => modified(join(projectRoot, 'out', name)) === 0)) return false
  return sources.every((name) => newest(join(projectRoot, name)) <= modified(marker))
}

/** Builds the app and the command-line reader when a source is newer than the last build. Answers whether it had to. */
export async function ensureBuilt(report: (detail: string) => void = () => {}, force = false): Promise<boolean> {
  if (!force && buildIsCurrent()) return false
  const build = (): Promise<boolean> => buildUnlessCurrent(report, force)
  return withLock(join(projectRoot, '.building'), build, () => report('waiting for another command that is building'))
}

async function buildUnlessCurrent(report: (detail: string) => void, force: boolean): Promise<boolean> {
  if (!force && buildIsCurrent()) return false
  report('building')
  const begun = new Date()
  const results = await Promise.all(
    Object.entries(tools).map(async ([name, args]) => {
      const env = { ...process.env, ...buildEnv }
      return { name, ...(await run(process.execPath, args, { cwd: projectRoot, env, limitMs: 420_000 })) }
    }),
  )
  for (const { name, code, output } of results) {
    if (code === 0) continue
    process.stderr.write(`${stripVTControlCharacters(output)}\n`)
    throw new SetupError(`The build of ${name === 'app' ? 'the app' : 'inspect'} failed; what it said is above.`)
  }
  writeNotices(projectRoot)
  // Dated to when it began: what was edited meanwhile is newer and gets built next time.
  writeFileSync(marker, begun.toISOString())
  utimesSync(marker, begun, begun)
  return true
}
