/** What may lose acknowledged records on a topic, in sentences with figures. Pure. */
import type { TopicAudit } from '@contract/config'
import type { Say } from '../../common/say'
import { counted, sentences } from '../../common/say'

type Finding = TopicAudit['findings'][number]

/** How bad it is now: partitions whose leader is alone, and what only it holds. */
function aloneWords(say: Say, audit: TopicAudit): string {
  if (audit.alone === 0) return say.t('config.audit.notAlone')
  const alone = counted(say, 'config.audit.alone', audit.alone, { of: say.f.count(audit.partitions) })
  const records = Number.isNaN(audit.onlyOnLeaderRecords)
    ? say.t('config.audit.recordsUnknown')
    : counted(say, 'config.audit.records', audit.onlyOnLeaderRecords)
  return sentences(say, [alone, records])
}

/** With two replicas min ISR 2 would refuse writes at every restart: no setting is offered, and what helps is said instead. */
function helpWords(say: Say, audit: TopicAudit): string {
  return audit.fix.some(({ key }) => key === 'min.insync.replicas')
    ? ''
    : say.t('config.audit.moreReplicas', { rf: audit.replicationFactor })
}

export interface AuditLine {
  readonly finding: Finding
  /** What is wrong, in bold; then the figures or what helps. */
  readonly head: string
  readonly text: string
}

export function auditLines(say: Say, audit: TopicAudit): AuditLine[] {
  return audit.findings.map((finding) => ({
    finding,
    head: say.t(`config.audit.head.${finding}`),
    text:
      finding === 'leader-alone'
        ? sentences(say, [aloneWords(say, audit), helpWords(say, audit)])
        : say.t(`config.audit.text.${finding}`),
  }))
}
