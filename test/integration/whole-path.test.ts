/** The whole path on the newest Kafka and on the last release of the 3.x line; `npm run test:long -- versions` has the others. */
import { describe } from 'vitest'
import { defaultKafkaVersion, kafkaAtHand, olderKafkaVersion, wantedKafkaVersion } from '../../tools/setup/kafka'
import { startRelease } from '../support/kafka-kinds'
import { borrowSandbox } from '../support/shared-sandbox'
import { wholePath } from '../support/whole-path'

// The cluster that is lent runs what KAFKA_VERSION or KAFKA_HOME name.
const lent = await kafkaAtHand(wantedKafkaVersion())
const older = await kafkaAtHand(olderKafkaVersion)
if (older === null)
  process.stdout.write(
    `  Kafka ${olderKafkaVersion} is not here, so the whole path on it is skipped: the set-up of npm test fetches it, or says why it cannot.\n`,
  )

describe.skipIf(lent?.version !== defaultKafkaVersion)(`Kafka ${defaultKafkaVersion}`, () => {
  wholePath(defaultKafkaVersion, borrowSandbox)
})

describe.skipIf(older === null)(`Kafka ${olderKafkaVersion}`, () => {
  wholePath(olderKafkaVersion, (furniture) => startRelease(olderKafkaVersion, furniture))
})
