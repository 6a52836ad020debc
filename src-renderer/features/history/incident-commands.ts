/** The kafka-….sh lines by which what an incident says is checked. Pure. */
import type { Incident } from '@contract/history'
import type { Commands } from '@shared/kafka-commands'
import type { Say } from '../common/say'

const MOST_TOPICS = 10

export interface CheckLine {
  readonly why: string
  readonly line: string
}

/** Partitions in trouble, the worst topics, the brokers in it and the controllers. */
export const incidentCommands = (say: Say, commands: Commands, { topics, brokers }: Incident): readonly CheckLine[] => [
  { why: say.t('history.check.trouble'), line: commands.board() },
  ...topics
    .slice(0, MOST_TOPICS)
    .map(({ topic }) => ({ why: say.t('history.check.topic', { topic }), line: commands.topic(topic) })),
  ...(brokers.length === 0 ? [] : [{ why: say.t('history.check.brokers'), line: commands.brokers() }]),
  { why: say.t('history.check.quorum'), line: commands.quorum() },
]
