/** Kafka's operations by their codes (AclOperation.java): those that the product asks about. */
export const AclOperation = {
  READ: 3,
  ALTER: 7,
  DESCRIBE: 8,
  DESCRIBE_CONFIGS: 10,
  ALTER_CONFIGS: 11,
} as const

export type AclOperationCode = (typeof AclOperation)[keyof typeof AclOperation]

/** The mask where none was asked for, the cluster has no authorizer, or the version cannot be asked. */
export const OPERATIONS_NOT_TOLD = -2147483648

/** Whether a mask of authorized operations (bit n = operation n) has this one. A mask that was not told has none: ask for that first. */
export const mayDo = (mask: number, operation: AclOperationCode): boolean => (mask & (1 << operation)) !== 0
