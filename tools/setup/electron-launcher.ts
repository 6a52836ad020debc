import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What an official build has in resources/default_app.asar and the stock one has not: starts the application folder named on the command line.
 * Without it the argument is ignored and Electron ends at once with code 1 and no word.
 */
const launcher = `import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const folder = resolve(process.argv.slice(1).find((part) => !part.startsWith('-')) ?? '.')
const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
app.setVersion(about.version)
app.name = about.productName ?? about.name
app.setAppPath(folder)
await import(pathToFileURL(join(folder, about.main)).href)
`

/** Puts the launcher into a runtime folder that has none; safe when two do it at once. */
export function ensureLauncher(runtime: string): void {
  const place = join(runtime, 'resources', 'app')
  if (existsSync(join(place, 'main.mjs'))) return
  mkdirSync(join(runtime, 'resources'), { recursive: true })
  const draft = mkdtempSync(join(runtime, 'resources', 'app-'))
  writeFileSync(join(draft, 'package.json'), '{ "name": "launcher", "main": "main.mjs", "type": "module" }\n')
  writeFileSync(join(draft, 'main.mjs'), launcher)
  try {
    renameSync(draft, place)
  } catch {
    // Somebody else was quicker.
    rmSync(draft, { recursive: true, force: true })
  }
}
