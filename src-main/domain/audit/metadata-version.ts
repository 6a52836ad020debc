import { CLUSTER_ROW, Says } from './look'
import type { AuditRuleFile, ToolLine } from './look'

const text = (release: readonly [number, number]): string => release.join('.')

/** `--release-version` came with 4.0 (KIP-1022). */
const upgrade = (release: readonly [number, number]): ToolLine => ({
  tool: 'kafka-features.sh',
  words: ['upgrade', release[0] >= 4 ? '--release-version' : '--metadata', text(release)],
})

/** What a client learns of the software is a lower bound (its APIs), so behind is behind; equal may still be. */
export const metadataVersion: AuditRuleFile = {
  rule: 'metadata-version',
  *look(facts) {
    const says = new Says('metadata-version')
    if (facts.zooKeeper === true) {
      says.idle({ id: 'audit.idle.zookeeper', args: {} })
      return says.result()
    }
    const features = says.known(facts.features)
    const software = says.known(facts.software)
    if (features === null || software === null || !facts.features.known) return says.result()
    const level = features.get('metadata.version')
    if (level === undefined) {
      says.unseen({ id: 'audit.unseen.metadata-version', args: {} })
      return says.result()
    }
    const has = facts.metadataRelease
    const isBehind = has === null || has[0] < software[0] || (has[0] === software[0] && has[1] < software[1])
    if (isBehind)
      says.found({
        id: 'metadata-version.behind',
        evidence: [
          {
            id: 'audit.metadata-version',
            args: { level, has: has === null ? '< 3.3' : text(has), software: text(software) },
          },
        ],
        rows: [CLUSTER_ROW],
        fix: { kind: 'tools', lines: [upgrade(software)] },
        readAt: facts.features.readAt,
      })
    return says.result()
  },
}
