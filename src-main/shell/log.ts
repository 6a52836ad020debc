import { join } from 'node:path'
import { format } from 'node:util'
// The node build: the one for Electron's main process opens an IPC channel of its own that would bypass our gate.
import electronLog from 'electron-log/node'
import { redact } from './redact'

export interface Log {
  info(...parts: unknown[]): void
  warn(...parts: unknown[]): void
  error(...parts: unknown[]): void
}

const MAX_BYTES = 2 * 1024 * 1024

/** One file in the profile folder, rolled at 2 MiB. `secrets` is asked at every line. */
export function createLog(options: {
  readonly folder: string
  readonly secrets: () => Iterable<string>
  readonly console: boolean
}): Log {
  const logger = electronLog.create({ logId: 'highwater' })
  logger.transports.file.resolvePathFn = () => join(options.folder, 'logs', 'main.log')
  logger.transports.file.maxSize = MAX_BYTES
  logger.transports.file.level = 'info'
  logger.transports.console.level = options.console ? 'warn' : false
  // Turned into one text before it is cleaned, so that no object hides a value from the search.
  logger.hooks.push((message) => ({
    ...message,
    data: [redact(format(...(message.data as [unknown, ...unknown[]])), options.secrets())],
  }))
  return {
    info: (...parts) => logger.info(...parts),
    warn: (...parts) => logger.warn(...parts),
    error: (...parts) => logger.error(...parts),
  }
}
