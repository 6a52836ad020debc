import type { AppInfo, Bundle, Settings } from '../../contract/ipc'
import { fail, ok } from '../../contract/result'
import type { Result } from '../../contract/result'
import { attempt } from '../attempt'
import type { Routes } from '../handle'

export interface AppDesk {
  readonly info: AppInfo
  readSettings(): Settings
  /** Keeps them and applies what the shell itself draws (window background, title bar). */
  writeSettings(settings: Settings): void
  /** Asks where, then writes; '' when the person changed their mind. */
  saveFile(suggestedName: string, content: string): Promise<string>
  /** As `saveFile`: a folder with several. */
  saveBundle(bundle: Bundle): Promise<string>
  copy(text: string): Promise<void>
  setTitle(cluster: string, environment: string): void
}

type AppChannel =
  'app:info' | 'settings:read' | 'settings:write' | 'export:save' | 'export:bundle' | 'clipboard:write' | 'window:title'

async function saved(save: () => Promise<string>): Promise<Result<{ path: string }>> {
  try {
    return ok({ path: await save() })
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    return fail('storage', `The file could not be written: ${why}. Choose another folder.`, { why })
  }
}

export const appRoutes = (desk: AppDesk): Pick<Routes, AppChannel> => ({
  'app:info': () => ok(desk.info),
  'settings:read': () => attempt('The settings could not be read', () => desk.readSettings()),
  'settings:write': (settings) =>
    attempt('The settings could not be kept', () => {
      desk.writeSettings(settings)
      return settings
    }),
  'export:save': ({ suggestedName, content }) => saved(() => desk.saveFile(suggestedName, content)),
  'export:bundle': (bundle) => saved(() => desk.saveBundle(bundle)),
  'clipboard:write': async ({ text }) => {
    await desk.copy(text)
    return ok(null)
  },
  'window:title': ({ cluster, environment }) => {
    desk.setTitle(cluster, environment)
    return ok(null)
  },
})
