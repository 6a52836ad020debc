/** What the controllers wrote down, read by Kafka's own tool from a broker's copy of their log: every change of a partition and of a broker's registration, with its time. */
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Cluster } from '../../tools/sandbox'
import { ensureKafkaTools } from '../../tools/setup/kafka-tools'

/** A change of one partition; times are the active controller's, ms since 1970, and it runs on this machine. */
export interface PartitionChange {
  readonly at: number
  readonly topic: string
  readonly partition: number
  readonly leader: number
  readonly leaderEpoch: number
  readonly isr: readonly number[]
  readonly replicas: readonly number[]
  /** Who may lead beside the ISR, and the last leader of an empty one (KIP-966). */
  readonly elr: readonly number[]
  readonly lastKnownElr: readonly number[]
  readonly adding: readonly number[]
  readonly removing: readonly number[]
  /** Its leader came by an unclean election and has not recovered yet (LeaderRecoveryState). */
  readonly recovering: boolean
}

export interface BrokerChange {
  readonly at: number
  readonly broker: number
  /** null = this change leaves it as it is. */
  readonly fenced: boolean | null
  /** It begins to shut down. */
  readonly shuttingDown: boolean
}

export interface TopicChange {
  readonly at: number
  readonly topic: string
  readonly what: 'created' | 'deleted'
}

export interface ControllersLog {
  /** Of each partition in order, its creation first. */
  readonly partitions: ReadonlyMap<string, readonly PartitionChange[]>
  readonly brokers: readonly BrokerChange[]
  readonly topics: readonly TopicChange[]
}

const LINE = /CreateTime: (\d+).*?payload: (\{.*\})\s*$/

/** BrokerRegistrationFencingChange; 0 = no change. */
const FENCING = new Map([
  [1, true],
  [-1, false],
])
const RECOVERING = 1
const UNCHANGED = -1
/** A field that says that nothing changes: LeaderConstants.NO_LEADER_CHANGE. */
const NO_CHANGE = -2

interface Data {
  readonly name?: string
  readonly topicId?: string
  readonly partitionId?: number
  readonly leader?: number
  readonly leaderEpoch?: number
  readonly isr?: readonly number[] | null
  readonly replicas?: readonly number[] | null
  readonly eligibleLeaderReplicas?: readonly number[] | null
  readonly lastKnownElr?: readonly number[] | null
  readonly addingReplicas?: readonly number[] | null
  readonly removingReplicas?: readonly number[] | null
  readonly leaderRecoveryState?: number
  readonly brokerId?: number
  readonly fenced?: number | boolean
  readonly inControlledShutdown?: number | boolean
}

class Reader implements ControllersLog {
  readonly partitions = new Map<string, PartitionChange[]>()
  readonly brokers: BrokerChange[] = []
  readonly topics: TopicChange[] = []
  private readonly names = new Map<string, string>()

  take(at: number, type: string, data: Data): void {
    switch (type) {
      case 'TOPIC_RECORD':
        this.names.set(data.topicId!, data.name!)
        this.topics.push({ at, topic: data.name!, what: 'created' })
        return
      case 'REMOVE_TOPIC_RECORD':
        this.topics.push({ at, topic: this.names.get(data.topicId!) ?? '', what: 'deleted' })
        return
      case 'PARTITION_RECORD':
        this.changesOf(data).push({
          at,
          topic: this.names.get(data.topicId!) ?? '',
          partition: data.partitionId!,
          leader: data.leader!,
          leaderEpoch: data.leaderEpoch ?? 0,
          isr: data.isr ?? [],
          replicas: data.replicas ?? [],
          elr: data.eligibleLeaderReplicas ?? [],
          lastKnownElr: data.lastKnownElr ?? [],
          adding: data.addingReplicas ?? [],
          removing: data.removingReplicas ?? [],
          recovering: data.leaderRecoveryState === RECOVERING,
        })
        return
      case 'PARTITION_CHANGE_RECORD':
        this.change(at, data)
        return
      case 'REGISTER_BROKER_RECORD':
        this.brokers.push({
          at,
          broker: data.brokerId!,
          fenced: data.fenced === true,
          shuttingDown: data.inControlledShutdown === true,
        })
        return
      case 'BROKER_REGISTRATION_CHANGE_RECORD':
        this.brokers.push({
          at,
          broker: data.brokerId!,
          fenced: FENCING.get(Number(data.fenced)) ?? null,
          shuttingDown: data.inControlledShutdown === 1,
        })
        return
      default:
    }
  }

  private changesOf({ topicId, partitionId }: Data): PartitionChange[] {
    const key = `${topicId}/${partitionId}`
    const known = this.partitions.get(key) ?? []
    this.partitions.set(key, known)
    return known
  }

  /** PartitionRegistration.merge: a leader that is named is a new reign, the same one too. */
  private change(at: number, data: Data): void {
    const changes = this.changesOf(data)
    const before = changes.at(-1)
    if (before === undefined) throw new Error(`a partition was changed before it was made: ${data.topicId}`)
    const named = data.leader !== undefined && data.leader !== NO_CHANGE
    changes.push({
      ...before,
      at,
      leader: named ? data.leader : before.leader,
      leaderEpoch: before.leaderEpoch + (named ? 1 : 0),
      isr: data.isr ?? before.isr,
      replicas: data.replicas ?? before.replicas,
      elr: data.eligibleLeaderReplicas ?? before.elr,
      lastKnownElr: data.lastKnownElr ?? before.lastKnownElr,
      adding: data.addingReplicas ?? before.adding,
      removing: data.removingReplicas ?? before.removing,
      recovering:
        (data.leaderRecoveryState ?? UNCHANGED) === UNCHANGED
          ? before.recovering
          : data.leaderRecoveryState === RECOVERING,
    })
  }
}

/** The log as a broker has it, which is all that its controllers told it. By topic id and partition. */
export async function readControllersLog(cluster: Cluster, broker: number): Promise<ControllersLog> {
  const folder = join(cluster.logDirs(broker)[0]!, '__cluster_metadata-0')
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .sort()
    .map((name) => join(folder, name))
  const tools = await ensureKafkaTools(cluster.install)
  const [program, ...args] = tools.command('kafka-dump-log.sh')
  const { stdout: output } = await promisify(execFile)(
    program,
    [...args, '--cluster-metadata-decoder', '--files', files.join(',')],
    { maxBuffer: 2 ** 30 },
  )
  const reader = new Reader()
  for (const line of output.split('\n')) {
    const found = LINE.exec(line)
    if (found === null) continue
    const { type, data } = JSON.parse(found[2]!) as { readonly type: string; readonly data: Data }
    reader.take(Number(found[1]), type, data)
  }
  return reader
}
