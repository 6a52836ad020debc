import type { KeptLoss } from '@contract/loss'
import { shellWord } from '@shared/shell-words'

export interface SaveCommands {
  readonly broker: number
  /** Folders of log.dirs, one a partition. */
  readonly folders: readonly string[]
  /** Each refuses to run, with what to set, until LOG_DIR and SAVE_TO are set on that host. */
  readonly copy: string
  readonly read: string
}

const inFolder = (variable: string, folder: string): string => `"$${variable}"/${shellWord(folder)}`

/** What to run on the host of each broker that had the records, in the order of the brokers. Kafka names the folder of a partition `topic-partition`. */
export function saveCommands(losses: readonly KeptLoss[]): readonly SaveCommands[] {
  const folders = new Map<number, Set<string>>()
  for (const { topic, partition, holders } of losses) {
    for (const { broker } of holders) {
      const known = folders.get(broker) ?? new Set()
      folders.set(broker, known.add(`${topic}-${partition}`))
    }
  }
  return [...folders]
    .sort(([a], [b]) => a - b)
    .map(([broker, names]) => {
      const all = [...names]
      const save = '"${SAVE_TO:?set it to a folder on another disk}"'
      const from = `"\${LOG_DIR:?set it to the folder of log.dirs of broker ${broker}}"`
      return {
        broker,
        folders: all,
        copy: `: ${from} && mkdir -p ${save} && cp -a ${all.map((name) => inFolder('LOG_DIR', name)).join(' ')} "$SAVE_TO"/`,
        read: all
          .map((name) => {
            const files = `"$(ls ${inFolder('SAVE_TO', name)}/*.log | paste -sd, -)"`
            return `: ${save} && kafka-dump-log.sh --print-data-log --files ${files}`
          })
          .join('\n'),
      }
    })
}
