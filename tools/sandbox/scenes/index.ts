import { burst } from './burst'
import { deadBroker } from './dead-broker'
import { flapping } from './flapping'
import { frozenBroker } from './frozen-broker'
import { minIsrBlock } from './min-isr-block'
import { offlinePartition } from './offline-partition'
import type { Scene } from './scene'
import { shopCase } from './shop-case'
import { slowFollower } from './slow-follower'

export const scenes: readonly Scene[] = [
  slowFollower,
  frozenBroker,
  deadBroker,
  flapping,
  offlinePartition,
  minIsrBlock,
  burst,
  shopCase,
]
