import type { ErrorCode } from '@contract/result'

/** Key of the sentence for a refusal: what happened and what to do next, chosen by code. The main process's own words go into a fold. */
export const errorKey = ({ code }: { readonly code: ErrorCode }): `error.${ErrorCode}` => `error.${code}`
