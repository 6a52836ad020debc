import type { Scene } from './scene'

const TOPIC = 'inventory.stock-levels'

export const topicAnew: Scene = {
  name: 'topic-anew',
  summary: `${TOPIC} is deleted and made anew under its name: another topic, with offsets from 0`,
  needs: 'any',
  play: async ({ sandbox: { admin, topics }, say }) => {
    const topic = topics.find(({ name }) => name === TOPIC)
    if (topic === undefined) throw new Error(`This sandbox has no topic ${TOPIC}`)
    await admin.deleteTopic(TOPIC)
    await admin.createTopics([topic])
    say(`${TOPIC} is another topic now: same name, partitions and settings, another id, no record of before.`)
  },
}
