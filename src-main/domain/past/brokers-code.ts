import type { BrokerSummary } from '../../contract/summary'
import type { Looked } from '../events/looked'
import { ByteReader, ByteWriter } from './bytes'
import type { BrokerMoment, BrokersMoment } from './moment'

const kept = (one: BrokerSummary, throttled: boolean): BrokerMoment => ({
  id: one.id,
  host: one.host,
  port: one.port,
  rack: one.rack,
  listed: one.listed,
  noListener: one.noListener,
  answers: one.answers,
  answersSince: one.answersSince,
  course: one.course,
  silence: one.silence,
  leadsTo: one.leadsTo,
  offlineReplicas: one.offlineReplicas,
  throttled,
})

/** `text`: the same for the same. */
export function encodeBrokers({ summary, throttled, settings }: Looked): { text: string; bytes: () => Uint8Array } {
  const moment: BrokersMoment = {
    controller: summary.controller,
    voters: summary.voters,
    quorum: summary.quorum,
    kafkaVersion: summary.kafkaVersion,
    reach: summary.reach,
    version: settings.version,
    brokers: summary.brokers.map((one) => kept(one, throttled.has(one.id))),
  }
  const text = JSON.stringify(moment)
  return {
    text,
    bytes() {
      const out = new ByteWriter()
      out.text(text)
      return out.take()
    },
  }
}

/** Throws where it cannot be read. */
export function decodeBrokers(part: Uint8Array): BrokersMoment {
  const moment = JSON.parse(new ByteReader(part).text()) as Omit<BrokersMoment, 'brokers'> & {
    // JSON has no NaN.
    readonly brokers: readonly (Omit<BrokerMoment, 'answersSince'> & { readonly answersSince: number | null })[]
  }
  return {
    ...moment,
    brokers: moment.brokers.map((one) => ({ ...one, answersSince: one.answersSince ?? Number.NaN })),
  }
}
