/** What a start is told through environment variables, read once. Wrong values are named, never guessed around. */
import { ENVIRONMENT } from '../contract/profiles'
import type { Environment } from '../contract/profiles'

export interface StartOptions {
  /** A cluster to open at once; it is not saved unless the person does so. */
  readonly cluster: {
    readonly bootstrap: readonly string[]
    readonly name: string
    readonly environment: Environment
  } | null
  /** Write a picture of the live board to this file, then quit. */
  readonly screenshot: string
  /** Size of the page in px, null = as the person left it. */
  readonly size: { readonly width: number; readonly height: number } | null
  /** Folder for everything we keep, '' = the system's usual place. */
  readonly profileFolder: string
  /** The dev server, '' = the built page. */
  readonly devServer: string
  /** For tests: the moment of a change at which the app ends itself (change/book/checkpoints.ts), '' = never. A packaged app does not look at it. */
  readonly killAt: string
}

export type StartReading =
  { readonly ok: true; readonly options: StartOptions } | { readonly ok: false; readonly problem: string }

const isEnvironment = (value: string): value is Environment => ENVIRONMENT.values.some((one) => one === value)

export function readEnvironment(env: Readonly<Record<string, string | undefined>>, packaged: boolean): StartReading {
  const bootstrap = (env['HIGHWATER_BOOTSTRAP'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const environment = env['HIGHWATER_ENV'] || 'dev'
  if (!isEnvironment(environment)) {
    return { ok: false, problem: `HIGHWATER_ENV is "${environment}"; use prod, staging or dev` }
  }
  const sizeText = env['HIGHWATER_SIZE'] ?? ''
  const size = /^(\d{3,5})x(\d{3,5})$/.exec(sizeText)
  if (sizeText !== '' && size === null)
    return { ok: false, problem: `HIGHWATER_SIZE is "${sizeText}"; use a size such as 1440x900` }
  const screenshot = env['HIGHWATER_SCREENSHOT'] ?? ''
  if (screenshot !== '' && bootstrap.length === 0) {
    return { ok: false, problem: 'HIGHWATER_SCREENSHOT needs a cluster to show; set HIGHWATER_BOOTSTRAP to host:port' }
  }
  const name = (env['HIGHWATER_CLUSTER_NAME'] ?? '').trim() || (bootstrap[0] ?? '')
  return {
    ok: true,
    options: {
      cluster: bootstrap.length === 0 ? null : { bootstrap, name, environment },
      screenshot,
      size: size === null ? null : { width: Number(size[1]), height: Number(size[2]) },
      profileFolder: env['HIGHWATER_PROFILE'] ?? '',
      devServer: packaged ? '' : (env['ELECTRON_RENDERER_URL'] ?? ''),
      killAt: packaged ? '' : (env['HIGHWATER_KILL_AT'] ?? ''),
    },
  }
}
