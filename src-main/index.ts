/** Entry of the app: decides what must be decided before Electron is ready, then hands over to compose. */
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { app, protocol } from 'electron'
import { compose } from './compose'
import type { Composition } from './compose'
import { openPort } from './compose/connect'
import { declareAppScheme } from './shell/app-protocol'
import { readEnvironment } from './shell/environment'
import type { StartOptions } from './shell/environment'

const QUIT_LIMIT_MS = 4000

/** Written at once: `app.exit` does not wait for a stream. */
const say = (sentence: string): void => void writeSync(2, `highwater: ${sentence}\n`)

async function run(start: StartOptions): Promise<void> {
  let composition: Composition | null = null
  app.on('second-instance', () => composition?.show())
  // macOS: its sign in the dock.
  app.on('activate', () => composition?.show())
  app.on('window-all-closed', () => app.quit())
  let ending = false
  app.on('will-quit', (event) => {
    if (composition === null || ending) return
    ending = true
    event.preventDefault()
    // In a task of its own: a quit that is asked for before this event is over is dropped. A broker that hangs must not keep us.
    const end = (): unknown => setImmediate(() => app.exit(0))
    setTimeout(end, QUIT_LIMIT_MS)
    composition.close().then(end, end)
  })
  await app.whenReady()
  const here = import.meta.dirname
  composition = await compose({
    start,
    folders: {
      profile: app.getPath('userData'),
      preload: join(here, '../preload/preload.cjs'),
      renderer: join(here, '../renderer'),
      resources: join(app.getAppPath(), 'resources'),
    },
    openPort,
  })
  if (start.screenshot !== '') app.quit()
}

function main(): void {
  // Together with --no-sandbox (the only way to run as root, in CI) it makes every child process die at start; windows ask for it themselves too.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  declareAppScheme(protocol)
  const reading = readEnvironment(process.env, app.isPackaged)
  if (!reading.ok) {
    say(reading.problem)
    app.exit(2)
    return
  }
  if (reading.options.profileFolder !== '') app.setPath('userData', reading.options.profileFolder)
  if (!app.requestSingleInstanceLock()) {
    say('it is already running; its window was brought to the front')
    app.exit(0)
    return
  }
  run(reading.options).catch((cause: unknown) => {
    say(cause instanceof Error ? cause.message : String(cause))
    app.exit(1)
  })
}

main()
