/** The only place that builds objects and wires them; everything else gets what it needs as parameters. */
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import {
  app,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  session,
  Tray,
} from 'electron'
import type { BrowserWindow } from 'electron'
import { createChangeDesk } from './compose/changes'
import { createClusters } from './compose/clusters'
import { startSession, testConnection } from './compose/connect'
import type { OpenPort } from './compose/connect'
import { keepFramePort } from './compose/frame-port'
import { osUser } from './compose/os-user'
import { openStores } from './compose/stores'
import { createBackground } from './compose/background'
import { createFleet } from './compose/fleet'
import { createTelling, languageOf } from './compose/telling'
import type { Settings } from './contract/ipc'
import type { HookSecrets } from './contract/telling'
import { ok } from './contract/result'
import { writeBundle } from './history/bundle-folder'
import { createHistoryFiles } from './history/book/history-files'
import { attempt } from './ipc/attempt'
import { registerRoutes } from './ipc/handle'
import { appRoutes } from './ipc/routes/app'
import { auditRoutes } from './ipc/routes/audit'
import { changeRoutes } from './ipc/routes/change'
import { clusterRoutes } from './ipc/routes/cluster'
import { configRoutes } from './ipc/routes/config'
import { journalRoutes } from './ipc/routes/journal'
import { advisorRoutes } from './ipc/routes/advisor'
import { fleetRoutes } from './ipc/routes/fleet'
import { historyRoutes } from './ipc/routes/history'
import { pastRoutes } from './ipc/routes/past'
import { lossRoutes } from './ipc/routes/loss'
import { profileRoutes } from './ipc/routes/profiles'
import { quorumRoutes } from './ipc/routes/quorum'
import { viewRoutes } from './ipc/routes/views'
import { taskRoutes } from './ipc/routes/tasks'
import { tellingRoutes } from './ipc/routes/telling'
import { createTasks } from './ipc/tasks'
import type { Language } from './shared/words/language'
import { createClock } from './ports/clock'
import { parseSettings, viewsKey } from './profiles/kept-store'
import { connectionToTry, createProfiles, transientProfile } from './profiles/profiles'
import { createSecretVault, extractSecrets } from './profiles/secrets'
import { APP_ORIGIN, serveApp } from './shell/app-protocol'
import type { StartOptions } from './shell/environment'
import { createReloadLimit, logStrayErrors, recoverPage } from './shell/failures'
import { createLog } from './shell/log'
import { setMenu } from './shell/menu'
import { createNotifier } from './shell/notification'
import { guardNavigation, keepOwnPage } from './shell/navigation'
import { addDevPolicy, closeNetwork, denyEverything } from './shell/permissions'
import { saveBundle } from './shell/save-bundle'
import { saveFile } from './shell/save-file'
import { takeScreenshot } from './shell/screenshot'
import { backgroundOf, themeSource } from './shell/theme'
import { createWindow, keepWindowState, watchVisibility } from './shell/window'
import { parseWindowState } from './shell/window-state'

export interface ComposeOptions {
  readonly start: StartOptions
  readonly folders: {
    readonly profile: string
    readonly preload: string
    readonly renderer: string
    readonly resources: string
  }
  /** Benches put a fake cluster behind this. */
  readonly openPort: OpenPort
}

export interface Composition {
  readonly window: BrowserWindow
  /** Brings the window to the front, wherever it is. */
  show(): void
  /** Ends every session and closes our file; safe to call twice. */
  close(): Promise<void>
}

/** Call once, when the app is ready. */
export async function compose(options: ComposeOptions): Promise<Composition> {
  const { start, folders } = options
  const developer = !app.isPackaged
  const origin = start.devServer === '' ? APP_ORIGIN : new URL(start.devServer).origin
  const home = start.devServer === '' ? `${APP_ORIGIN}/index.html` : start.devServer

  const vault = createSecretVault()
  const hookSecrets = createSecretVault<HookSecrets>()
  const log = createLog({
    folder: folders.profile,
    secrets: () => [...vault.values(), ...hookSecrets.values()],
    console: developer,
  })
  logStrayErrors(process, log)
  const {
    file,
    kept,
    saved,
    losses,
    audits,
    journal,
    notes: atStart,
  } = openStores(join(folders.profile, 'highwater.db'), Date.now, (cause) => log.error('storage', cause))
  /** Grows while clusters are opened, each of which has a file of its own. */
  const notes = [...atStart]
  const history = createHistoryFiles(join(folders.profile, 'history'), {
    clock: createClock(),
    onProblem: (cause) => log.error('history', cause),
    onNote: (note) => notes.push(note),
  })
  const profiles = createProfiles({
    store: saved,
    vault,
    transient: start.cluster === null ? null : transientProfile(start.cluster),
    newId: randomUUID,
    now: Date.now,
  })

  const readSettings = (): Settings => parseSettings(kept.read('settings'))
  const background = (): string =>
    backgroundOf(readSettings().theme, {
      dark: nativeTheme.shouldUseDarkColors,
      contrast: nativeTheme.shouldUseHighContrastColors,
    })
  nativeTheme.themeSource = themeSource(readSettings().theme)

  guardNavigation(app, origin)
  denyEverything(session.defaultSession, origin)
  if (start.devServer === '')
    closeNetwork(session.defaultSession).catch((cause: unknown) => log.error('session', cause))
  if (start.devServer === '') serveApp(session.defaultSession.protocol, folders.renderer)
  else addDevPolicy(session.defaultSession)
  setMenu(Menu, process.platform, developer)

  const clusters = createClusters({
    profiles,
    openSession: (connection) => {
      const port = options.openPort(connection, log)
      return port.ok ? ok(startSession(connection, port.value, log, { losses, history })) : port
    },
    onBegan: (began) => {
      telling.teller.follow(began)
      fleet.fleet.follow(began)
    },
    onEnding: (ending) => {
      telling.teller.unfollow(ending.cluster)
      fleet.fleet.unfollow(ending.cluster)
    },
    onWatch: () => standsAnew(),
    onOpened: (opened) => {
      frames.push()?.attach(opened)
      desk.opened(opened)
    },
    onClosing: (closing) => {
      desk.closing(closing)
      frames.push()?.detach(closing.cluster)
    },
  })
  const desk = createChangeDesk({
    journal,
    auditBook: audits,
    profiles,
    session: (id) => clusters.opened(id),
    log,
    killAt: start.killAt,
  })
  const systemLanguage = app.getPreferredSystemLanguages()[0] ?? app.getLocale()
  const language = (): Language => languageOf(readSettings().language, systemLanguage)
  const telling = createTelling({
    kept,
    profiles,
    secrets: hookSecrets,
    clusters: () => clusters,
    notifier: createNotifier(Notification, (cause) => log.warn('notification', cause)),
    tray: () => inBackground.tray,
    language,
    open: (cluster, incident) => inBackground.show(cluster, incident),
    changed: () => standsAnew(),
    log,
  })
  const fleet = createFleet({
    clock: createClock(),
    profiles,
    clusters: () => clusters,
    telling: () => telling,
    armState: (cluster) => desk.changes.armState(cluster),
    history,
    bell: () => frames.push()?.tell({ type: 'fleet' }),
  })
  /** How a saved cluster is watched, or what is told of it, is another. */
  const standsAnew = (): void => {
    inBackground.refresh()
    fleet.fleet.changed()
  }
  desk.changes.onNews((news) => frames.push()?.tell({ type: 'change', news }))
  desk.changes.onArmed((armed) => {
    frames.push()?.tell({ type: 'armed', armed })
    fleet.fleet.changed()
  })
  const window = createWindow({
    state: parseWindowState(kept.read('window')),
    fixedSize: start.size,
    background: background(),
    preload: folders.preload,
    iconFolder: folders.resources,
    devTools: developer,
  })
  const inBackground = createBackground(
    { app, dialog, Menu, Tray, image: (path) => nativeImage.createFromPath(path) },
    {
      window,
      telling,
      iconFolder: folders.resources,
      language,
      readSettings,
      writeSettings: (settings) => kept.write('settings', settings),
      tell: (news) => frames.push()?.tell(news),
      log,
    },
  )
  const tasks = createTasks(
    {
      'connection-test': async ({ profile, secrets }, { signal, progress }) => {
        const connection = await connectionToTry(profiles, profile, secrets)
        const giveBack = vault.lend(extractSecrets(connection).secrets)
        return ok(await testConnection(connection, { signal, onStep: progress }).finally(giveBack))
      },
      'config-column': (question, run) => desk.configs.column(question, run),
      audit: ({ cluster }, run) => desk.audits.run(cluster, run),
    },
    (kind, cause) => log.error(kind, cause),
  )
  const frames = keepFramePort(window, origin, {
    sessions: () => clusters.allOpen(),
    dropped: (push) => {
      tasks.drop(push)
      fleet.show(false)
    },
    log,
  })
  watchVisibility(window, (visible) => fleet.fleet.see(visible))
  recoverPage(window.webContents, log, createReloadLimit(Date.now))
  keepOwnPage(window.webContents, home, origin, (cause) => log.warn('navigation', cause))
  if (start.size === null) {
    keepWindowState(window, (state) => {
      const saved = attempt('The window state could not be kept', () => kept.write('window', state))
      if (!saved.ok) log.warn(saved.error.message)
    })
  }
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(background())
  })

  const removeRoutes = registerRoutes(
    ipcMain,
    {
      ...appRoutes({
        info: {
          version: app.getVersion(),
          platform: process.platform,
          electron: process.versions.electron,
          systemLanguage,
          user: osUser(),
          secretStorage: 'memory',
          notes,
        },
        readSettings,
        writeSettings: (settings) => {
          kept.write('settings', settings)
          nativeTheme.themeSource = themeSource(settings.theme)
          inBackground.refresh()
        },
        saveFile: (name, content) => saveFile(dialog, window, app.getPath('downloads'), name, content),
        saveBundle: (bundle) => saveBundle(dialog, window, app.getPath('downloads'), bundle, writeBundle),
        copy: async (text) => {
          await clipboard.writeText(text)
        },
        setTitle: (cluster, environment) =>
          window.setTitle([cluster, environment.toUpperCase(), 'Highwater'].filter((part) => part !== '').join(' · ')),
      }),
      ...profileRoutes({
        profiles,
        clusters,
        removed: async (id) => {
          if (kept.read(viewsKey(id)) !== undefined) kept.write(viewsKey(id), null)
          await telling.removed(id)
        },
      }),
      ...viewRoutes({
        read: (cluster) => kept.read(viewsKey(cluster)),
        write: (cluster, views) => kept.write(viewsKey(cluster), views),
        isSaved: (cluster) => saved.find(cluster) !== null,
      }),
      ...clusterRoutes({ clusters, push: () => frames.push(), armState: (cluster) => desk.changes.armState(cluster) }),
      ...lossRoutes(clusters, Date.now),
      ...historyRoutes(clusters, createClock()),
      ...advisorRoutes(clusters, createClock()),
      ...pastRoutes(clusters, createClock()),
      ...quorumRoutes(clusters),
      ...auditRoutes(desk.audits),
      ...tellingRoutes(telling),
      ...fleetRoutes(fleet, createClock()),
      ...changeRoutes(desk.changes),
      ...configRoutes(desk.configs),
      ...journalRoutes(desk),
      ...taskRoutes(tasks, () => frames.push()),
    },
    { origin, onUnexpected: (channel, cause) => log.error(channel, cause) },
  )

  const woke = (): void => {
    for (const opened of clusters.all()) opened.woke()
  }
  powerMonitor.on('resume', woke)

  // Connecting takes longer than loading the page, so it begins first.
  if (start.cluster !== null) {
    const opened = await clusters.open('from-start', {})
    if (!opened.ok) {
      log.error('start', opened.error.message)
      if (start.screenshot !== '') throw new Error(opened.error.message)
    }
  }
  // What is watched is dialled beside the page that loads, and says by itself how it goes.
  clusters.follow().catch((cause: unknown) => log.error('watch', cause))
  let closed: Promise<void> | null = null
  const close = (): Promise<void> => {
    closed ??= Promise.all([tasks.close(), desk.changes.close()])
      .then(() => {
        telling.teller.close()
        fleet.fleet.close()
        inBackground.close()
        return clusters.closeAll()
      })
      .finally(() => {
        powerMonitor.off('resume', woke)
        removeRoutes()
        file.close()
      })
    return closed
  }
  await window.loadURL(home)
  if (start.screenshot !== '') {
    await takeScreenshot(window, start.screenshot, () => ({
      painted: frames.painted(),
      waitingFor: clusters.get('from-start')?.status.problem?.message ?? 'no complete reading was painted',
    }))
  }
  return { window, show: () => inBackground.show('', 0), close }
}
