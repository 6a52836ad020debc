import { expect, it } from 'vitest'
import { clock, cluster, frame, headline, start, watchOver } from '../../support/opened-session'

watchOver()

const rowOf2 = () => frame().summary.brokers.find(({ id }) => id === 2)!
const asked = () => cluster.asked.filter(({ what }) => what === 'log-dirs')

it('a log directory that failed is named with its folder, which only its own broker is asked for', async () => {
  await start()
  expect(asked()).toEqual([])
  Object.assign(cluster.partition('topic-00000', 0), { leader: 1, isr: [1, 3], offline: [2] })
  cluster.broker(2).failedFolders = ['/data/b']
  cluster.touch()
  await clock.advance(5_000)
  expect(rowOf2()).toMatchObject({ answers: 'yes', offlineReplicas: 1, failedFolders: ['/data/b'] })
  expect(headline()).toMatchObject({ culprit: null, silent: [] })
  expect(asked().map(({ broker }) => broker)).toEqual([2])
  // Kafka takes it in again at a restart; then there is nothing to ask for.
  Object.assign(cluster.partition('topic-00000', 0), { isr: [1, 2, 3], offline: [] })
  cluster.touch()
  await clock.advance(120_000)
  expect(rowOf2()).toMatchObject({ offlineReplicas: 0, failedFolders: [] })
  expect(asked()).toHaveLength(1)
})

it('without the right to ask for folders the rest is said all the same, and it is asked once an hour', async () => {
  // A look every 5 s: an hour of looks four times a second is a minute of work.
  await start({}, 5_000)
  Object.assign(cluster.partition('topic-00000', 0), { leader: 1, isr: [1, 3], offline: [2] })
  cluster.broker(2).errors.set('log-dirs', 31)
  cluster.touch()
  await clock.advance(65_000)
  expect(rowOf2()).toMatchObject({ offlineReplicas: 1, failedFolders: [] })
  expect(asked()).toHaveLength(1)
  await clock.advance(3_600_000)
  expect(asked()).toHaveLength(2)
})

it('a broker that did not answer is asked for its folders again after a minute', async () => {
  await start()
  Object.assign(cluster.partition('topic-00000', 0), { leader: 1, isr: [1, 3], offline: [2] })
  cluster.broker(2).errors.set('log-dirs', 7)
  cluster.touch()
  await clock.advance(65_000)
  expect(asked()).toHaveLength(2)
})
