// @vitest-environment node
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { commandsFor } from '@shared/kafka-commands'

const plain = commandsFor({ bootstrap: ['b1:9092', '[::1]:9093'], secured: false })

describe('command lines', () => {
  it('name all bootstrap servers and the question of the page', () => {
    expect(plain.topics()).toBe("kafka-topics.sh --bootstrap-server 'b1:9092,[::1]:9093' --describe")
    expect(plain.board()).toContain('--describe --under-replicated-partitions')
    expect(plain.broker(4)).toContain('--describe --entity-type brokers --entity-name 4 --all')
    expect(plain.quorum().split('\n')[1]).toBe(
      "kafka-metadata-quorum.sh --bootstrap-server 'b1:9092,[::1]:9093' describe --replication",
    )
    expect(plain.grantDescribe()).toContain('--allow-principal User:USER --operation Describe --cluster')
    const settings = plain.topic('a.b').split('\n')[1]
    expect(settings).toMatch(/^kafka-configs.sh .*--entity-type topics --entity-name a\.b --all$/)
  })

  it('ask for exactly this topic: --topic is a pattern', () => {
    expect(plain.topic('orders.created')).toContain(String.raw`--topic 'orders\.created'`)
    expect(plain.topic('orders-created_1')).toContain('--topic orders-created_1')
  })

  it('name a file for sign-in and certificates', () => {
    expect(commandsFor({ bootstrap: ['b1:9092'], secured: true }).topics()).toContain(
      '--command-config client.properties',
    )
  })

  it('pick the partition out of the lines that kafka-topics.sh prints', () => {
    const lines = [
      'Topic: orders\tTopicId: x\tPartitionCount: 42',
      '\tTopic: orders\tPartition: 4\tLeader: 1',
      '\tTopic: orders\tPartition: 41\tLeader: 2',
    ]
    const filter = plain.partition('orders', 4).split(' | ')[1]!
    expect(execFileSync('sh', ['-c', filter], { input: `${lines.join('\n')}\n`, encoding: 'utf8' })).toBe(
      `${lines[1]}\n`,
    )
  })
})
