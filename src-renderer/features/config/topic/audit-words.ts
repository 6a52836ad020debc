/** What may lose acknowledged records on a topic, in sentences with figures. Pure. */
import type { TopicAudit } from '@contract/config'
import type { Say } from '../../common/say'
import { counted, listed, opening, sentences, shareOf } from '../../common/say'

type Finding = TopicAudit['findings'][number]

/** How bad it is now: partitions whose leader is alone, and what only it holds. */
function aloneWords(say: Say, audit: TopicAudit): string {
  if (audit.alone === 0) return say.t('config.audit.notAlone')
  const alone = say.t(
    'config.audit.alone',
    { share: opening(shareOf(say, 'partitions', audit.alone, audit.partitions)) },
    audit.alone,
  )
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

/** What stands in one broker's file, or in those of several, and why that is not the last word. */
const notToldWords = (say: Say, { notTold }: TopicAudit): string =>
  sentences(say, [
    ...notTold.map(({ key, value, toldBy, differing }) =>
      differing.length === 0
        ? say.t('config.audit.asBroker', { key, value, broker: toldBy })
        : say.t('config.audit.brokersDiffer', {
            key,
            list: listed(
              say,
              differing.map((one) => say.t('config.audit.ofBroker', { broker: one.broker, value: one.value })),
            ),
          }),
    ),
    say.t('config.audit.text.not-told'),
  ])

function textOf(say: Say, audit: TopicAudit, finding: Finding): string {
  switch (finding) {
    case 'leader-alone':
      return sentences(say, [aloneWords(say, audit), helpWords(say, audit)])
    case 'not-told':
      return notToldWords(say, audit)
    case 'unclean':
    case 'single-replica':
      return say.t(`config.audit.text.${finding}`)
  }
}

export const auditLines = (say: Say, audit: TopicAudit): AuditLine[] =>
  audit.findings.map((finding) => ({
    finding,
    head: say.t(`config.audit.head.${finding}`),
    text: textOf(say, audit, finding),
  }))
