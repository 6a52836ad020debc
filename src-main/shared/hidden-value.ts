/** Values that are typed once, sent, and kept nowhere. */
import { configKey } from './config-keys'

/** Stands for such a value wherever a change is shown or written down. */
export const HIDDEN = '••••••••'

/**
 * Whether a value may be a secret as long as no broker was asked. Kafka takes every key whose type it does not know for sensitive
 * (KafkaConfig.maybeSensitive), and none of its own topic keys is.
 */
export const mayBeSensitive = (key: string): boolean => configKey(key) === undefined
