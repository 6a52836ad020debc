/**
 * Starts the built app of HIGHWATER_BENCH_APP as it is, or a bare window with the same safety settings where none is named, and writes down when its page
 * was painted. No test driver: one holds Electron up at start and stays in memory.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, BrowserWindow } from 'electron'

const folder = process.env['HIGHWATER_BENCH_APP'] ?? ''

/** Runs in the page: ms since 1970 when it had painted its nth picture (a bare page has one). */
const painted = `(of, nth) => new Promise((done) => {
  let seen = 0
  const next = () => { seen += 1; if (seen === nth) requestAnimationFrame(() => done(Date.now())) }
  if (of === '') next()
  else new PerformanceObserver((list) => list.getEntriesByName(of).forEach(next)).observe({ type: 'mark', buffered: true })
})`

app.on('web-contents-created', (_event, contents) => {
  contents.once('dom-ready', async () => {
    const mark = folder === '' ? '' : 'highwater:picture'
    const page = (nth) => contents.mainFrame.executeJavaScript(`(${painted})('${mark}', ${nth})`)
    process.stdout.write(`painted ${await page(1)}\n`)
    if (mark !== '') await page(20)
    process.stdout.write('settled\n')
  })
})

if (folder === '') {
  app.setPath('userData', process.env['HIGHWATER_PROFILE'])
  // Not awaited: Electron is not ready before this module has been run to its end.
  app.once('ready', () => {
    const webPreferences = { contextIsolation: true, sandbox: true, spellcheck: false }
    const window = new BrowserWindow({ width: 1440, height: 900, show: false, webPreferences })
    window.once('ready-to-show', () => window.show())
    window.loadURL('data:text/html,<title>bare</title><p>bare</p>')
  })
} else {
  const { main, version, productName } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  app.setVersion(version)
  app.name = productName
  app.setAppPath(folder)
  await import(pathToFileURL(join(folder, main)).href)
}
