/** What quorum, epochs, ISR, ELR, last known leader and metadata offset are for, each beside its number of now. */
import type { AgreementView, QuorumView, ShortIsrView } from '@contract/quorum'
import { printable } from '@shared/printable'
import { counted, sentences } from '../common/say'
import type { Say } from '../common/say'
import { reportOf } from './quorum-words'

export interface Protects {
  readonly key: string
  readonly name: string
  readonly text: string
}

export function protects(
  say: Say,
  quorum: QuorumView | null,
  isr: ShortIsrView | null,
  agreement: AgreementView | null,
): readonly Protects[] {
  const report = quorum?.state === 'leads' ? reportOf(quorum) : null
  const newest = isr?.epochs[0]
  const line = (key: string, name: string, ...texts: readonly string[]): Protects => ({
    key,
    name,
    text: sentences(say, texts),
  })
  const quorumNumber =
    report === null
      ? say.t(quorum?.state === 'none' ? 'quorum.protects.quorumNone' : 'quorum.protects.quorumUnknown')
      : report.voters === 1
        ? say.t('quorum.protects.quorumSingle')
        : say.t('quorum.protects.quorumLive', { majority: report.majority, n: report.voters })
  return [
    line('quorum', say.t('quorum.protects.quorum'), say.t('quorum.protects.quorumText'), quorumNumber),
    line(
      'controller-epoch',
      say.t('quorum.protects.controllerEpoch'),
      report === null
        ? say.t('quorum.protects.controllerEpochUnknown')
        : say.t('quorum.protects.controllerEpochText', { epoch: report.leaderEpoch }),
    ),
    line(
      'leader-epoch',
      say.t('quorum.protects.leaderEpoch'),
      say.t('quorum.protects.leaderEpochText'),
      newest === undefined
        ? ''
        : say.t('quorum.protects.leaderEpochLive', {
            epoch: newest.leaderEpoch,
            partition: printable(`${newest.topic} / ${newest.partition}`),
          }),
    ),
    line(
      'isr',
      say.t('quorum.protects.isr'),
      say.t('quorum.protects.isrText'),
      isr === null
        ? ''
        : say.t('quorum.protects.isrLive', {
            whole: say.f.count(isr.partitions - isr.total),
            n: say.f.count(isr.partitions),
          }),
    ),
    line(
      'elr',
      say.t('quorum.protects.elr'),
      say.t('quorum.protects.elrText'),
      isr?.elr === true ? counted(say, 'quorum.protects.elrLive', isr.withElr) : '',
    ),
    line('last-leader', say.t('quorum.protects.lastLeader'), say.t('quorum.protects.lastLeaderText')),
    line(
      'offset',
      say.t('quorum.protects.offset'),
      say.t('quorum.protects.offsetText'),
      agreement === null || Number.isNaN(agreement.offset)
        ? ''
        : say.t('quorum.protects.offsetLive', { offset: say.f.offset(agreement.offset) }),
    ),
  ]
}
