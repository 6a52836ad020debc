import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPort, startSession } from '../../src-main/compose/connect'
import { createLiveClusters } from '../../src-main/compose/live-clusters'
import { SAVED_CLUSTER } from '../../src-main/contract/profiles'
import type { ClusterProfile } from '../../src-main/contract/profiles'
import type { Result } from '../../src-main/contract/result'
import { mergeSecrets } from '../../src-main/profiles/secrets'
import { openStoreFile } from '../../src-main/profiles/store-file'
import type { StoreFile } from '../../src-main/profiles/store-file'

const LOG = {
  info: () => undefined,
  warn: () => undefined,
  error: (where: string, cause: unknown) => console.error(where, cause),
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

export interface OpenedAsApp {
  readonly profile: ClusterProfile
  readonly lives: ReturnType<typeof createLiveClusters>
  readonly store: StoreFile
  /** After whatever works on them. */
  readonly close: () => Promise<void>
}

/** As the app puts it together: monitor polling, links of their own for what is asked beside it, our file on the disk. Resolves with the first picture. */
export async function openAsApp(bootstrap: string): Promise<OpenedAsApp> {
  const profile: ClusterProfile = {
    ...SAVED_CLUSTER.initial,
    id: 'bench',
    name: 'bench',
    readOnly: false,
    bootstrap: bootstrap.split(','),
  }
  const connection = mergeSecrets(profile, {})
  const session = startSession(connection, valueOf(openPort(connection, LOG)), LOG)
  const lives = createLiveClusters({ session: () => session, profile: () => profile })
  const folder = mkdtempSync(join(tmpdir(), 'highwater-bench-'))
  const store = openStoreFile(join(folder, 'highwater.db'), Date.now(), (cause) => console.error(cause))
  await new Promise<void>((resolve) => {
    session.reader(resolve)
  })
  return {
    profile,
    lives,
    store,
    async close() {
      lives.closed(profile.id)
      await session.close()
      store.close()
      rmSync(folder, { recursive: true })
    },
  }
}
