import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { Scene } from './scene'

/**
 * The second directory is moved away under a broker that runs, and a file is put in its place. Open segments go on being written; the broker finds
 * out when it next saves its high watermarks there (ReplicaManager.checkpointHighWatermarks, every 5 s), whose IOException takes the directory offline.
 * Rights would not do: whoever runs as root may write anywhere.
 */
export const logDirFails: Scene = {
  name: 'log-dir-fails',
  summary: 'one of two disks of a broker fails: it stays alive without the replicas that lie there',
  needs: 'five',
  play: ({ sandbox: { cluster }, broker, say, undo }) => {
    const id = broker(4)
    const [, second] = cluster.logDirs(id)
    if (second === undefined)
      throw new Error(`Broker ${id} has one log directory, with which it would end: name another`)
    if (!statSync(second).isDirectory()) throw new Error(`The directory of broker ${id} has failed already: heal first`)
    const away = `${second}.away`
    undo(async () => {
      await cluster.stopGracefully(id)
      rmSync(second)
      renameSync(away, second)
      // Only a start makes a broker look at a directory that it has given up.
      await cluster.restart(id)
    })
    renameSync(second, away)
    writeFileSync(second, '')
    say(
      `The second log directory of broker ${id} is gone. Within 5 s it gives up the replicas in it: their leaders move, and the broker stays.`,
    )
    return Promise.resolve()
  },
}
