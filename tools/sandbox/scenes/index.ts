import { burst } from './burst'
import { deadBroker } from './dead-broker'
import { flapping } from './flapping'
import { frozenBroker } from './frozen-broker'
import { listenerMissing } from './listener-missing'
import { logDirFails } from './log-dir-fails'
import { minIsrBlock } from './min-isr-block'
import { offlinePartition } from './offline-partition'
import { quota } from './quota'
import { reassign } from './reassign'
import { rights } from './rights'
import type { Scene } from './scene'
import { shopCase } from './shop-case'
import { shutdown } from './shutdown'
import { slowFollower } from './slow-follower'
import { staleBroker } from './stale-broker'
import { topicAnew } from './topic-anew'
import { twoBrokers } from './two-brokers'
import { unclean } from './unclean'

export const scenes: readonly Scene[] = [
  slowFollower,
  frozenBroker,
  deadBroker,
  flapping,
  offlinePartition,
  minIsrBlock,
  burst,
  shopCase,
  shutdown,
  quota,
  topicAnew,
  twoBrokers,
  logDirFails,
  staleBroker,
  listenerMissing,
  unclean,
  reassign,
  rights,
]
