import { effectiveMinInSyncReplicas } from '../../../../domain/state/min-isr'
import { Says, listText } from '../effect'
import { Found } from '../found'
import type { Guard, GuardFacts, PartitionFacts } from '../guard'
import { isFalse, numberSteps, valueAfter } from '../values'
import type { NumberStep } from '../values'

const KEY = 'min.insync.replicas'
type Place = 'refuses-now' | 'one-loss-away' | 'any-restart' | 'above-rf' | 'acts-as-rf' | 'version-unknown' | 'fine'

function placeOf({ isr, replicas }: PartitionFacts, min: number, version: readonly [number, number] | null): Place {
  const need = effectiveMinInSyncReplicas(min, replicas.length, version)
  if (need < 0) return 'version-unknown'
  if (need > replicas.length) return 'above-rf'
  if (isr.length < need) return 'refuses-now'
  if (min > replicas.length) return 'acts-as-rf'
  if (isr.length > need || need === 1) return 'fine'
  return need === replicas.length ? 'any-restart' : 'one-loss-away'
}

/**
 * Members of the ISR that do not answer: a dead broker stays in it until it is fenced, up to 11 s (seen on 4.4.0). [] where the writes would be
 * refused without it, or go on with it gone.
 */
function fatalSilence(
  place: Place,
  { isr, replicas }: PartitionFacts,
  min: number,
  { answering, version }: GuardFacts,
): readonly number[] {
  if (place === 'refuses-now' || place === 'above-rf' || place === 'version-unknown' || answering.size === 0) return []
  const silent = isr.filter((broker) => !answering.has(broker))
  return isr.length - silent.length < effectiveMinInSyncReplicas(min, replicas.length, version) ? silent : []
}

/**
 * A leader alone could acknowledge before and cannot after, and no unclean election may throw the others' records away. Where it is alone in the ISR
 * now, what it has acknowledged until now is still nowhere else.
 */
function survivesMore({ replicas, isr }: PartitionFacts, { topic, before, after }: NumberStep): boolean {
  return (
    before < 2 &&
    after >= 2 &&
    replicas.length >= 2 &&
    isr.length >= 2 &&
    isFalse(valueAfter(topic, 'unclean.leader.election.enable'))
  )
}

/**
 * More replicas have to be in sync for acks=all. With fewer the leader refuses (Partition.appendRecordsToLeader), and from 3.7 the high watermark
 * stands still too, so consumers stop. A value above the replication factor refuses everything before 3.7 and acts as it from 3.7.
 */
export const minIsrRaise: Guard = {
  rule: 'min-isr-raise',
  keys: [KEY],
  needs: () => [],
  *judge(facts) {
    const says = new Says('min-isr-raise', facts.topics).asOf(facts.metadataAt)
    const places = new Map<Place, Found>()
    const survives = new Found()
    const leaving = new Found()
    const brokers = new Set<number>()
    const mins = new Set<number>()
    let alreadyCount = 0
    for (const step of numberSteps(facts, KEY)) {
      yield
      const { topic, before, after } = step
      if (after < before) continue
      mins.add(after)
      const known = Number.isNaN(before) ? -1 : before
      for (const partition of topic.partitions) {
        const { isr, replicas } = partition
        const place = placeOf(partition, after, facts.version)
        if (place === 'version-unknown') says.missing(topic, { id: 'why.version-unknown', args: {} })
        let found = places.get(place)
        if (found === undefined) places.set(place, (found = new Found('low')))
        if (place !== 'fine') found.add(topic.topic, partition.partition, isr.length)
        if (place === 'refuses-now' && isr.length < effectiveMinInSyncReplicas(known, replicas.length, facts.version))
          alreadyCount++
        const silent = fatalSilence(place, partition, after, facts)
        if (silent.length > 0) leaving.add(topic.topic, partition.partition, NaN, silent.join(', '))
        for (const broker of silent) brokers.add(broker)
        if (survivesMore(partition, step)) survives.add(topic.topic, partition.partition)
      }
    }
    const minText = listText(mins)
    const at = (place: Place): Found => places.get(place) ?? new Found()
    says.add('refuses-now', 'block', at('refuses-now'), { figures: { minText, alreadyCount }, noteUnit: 'in-sync' })
    says.add('above-rf', 'block', at('above-rf'), { figures: { minText }, noteUnit: 'in-sync' })
    says.add('acts-as-rf', 'block', at('acts-as-rf'), { figures: { minText }, noteUnit: 'in-sync' })
    says.add('one-loss-away', 'warn', at('one-loss-away'), { figures: { minText }, noteUnit: 'in-sync' })
    says.add('any-restart', 'warn', at('any-restart'), { figures: { minText }, noteUnit: 'in-sync' })
    says.add('silent-in-isr', 'warn', leaving, { figures: { minText, brokersText: listText(brokers) } })
    says.add('survives-any-one', 'better', survives)
    return says.effects()
  },
}
