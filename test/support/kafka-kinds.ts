/** What brokers of each release can be asked, and clusters of them. */
import { furnish, startCluster } from '../../tools/sandbox'
import type { Furniture, Sandbox } from '../../tools/sandbox'
import { RELEASES, type ReleaseName } from '../../tools/sandbox/releases'
import type { Question } from './every-question'
import { fencesSoon } from './shared-sandbox'

export interface KafkaKind {
  readonly zookeeper: boolean
  /** A cluster that was made with it has eligible leader replicas (KIP-966). */
  readonly elr: boolean
  /** What its brokers do not know. */
  readonly unknown: readonly Question[]
}

const plain: KafkaKind = { zookeeper: false, elr: false, unknown: [] }

export const KAFKA_KINDS: Readonly<Record<ReleaseName, KafkaKind>> = {
  '2.8.2': { zookeeper: true, elr: false, unknown: ['quorum', 'elr'] },
  '3.6.2': { ...plain, unknown: ['elr'] },
  '3.9.1': plain,
  '4.0.0': plain,
  '4.1.1': { ...plain, elr: true },
  '4.4.0': { ...plain, elr: true },
  // The controllers and the features are still those of the older release.
  mixed: plain,
}

/** Three brokers, which are controllers too where that can be (all of one release, KRaft); no traffic. */
export async function startRelease(name: ReleaseName, furniture: Furniture): Promise<Sandbox> {
  const brokerVersions = RELEASES[name]
  const [version] = brokerVersions
  const isMixed = brokerVersions.some((other) => other !== version)
  const cluster = await startCluster({
    label: 'release',
    version,
    brokerVersions,
    combined: !KAFKA_KINDS[name].zookeeper && !isMixed,
    overrides: fencesSoon,
  })
  try {
    const sandbox = await furnish(cluster, furniture)
    return {
      ...sandbox,
      close: async () => {
        await sandbox.close()
        await cluster.close()
      },
    }
  } catch (cause) {
    await cluster.close()
    throw cause
  }
}
