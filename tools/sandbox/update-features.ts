import { defineCodec } from '../../src-main/kafka/wire/codec'

const UPGRADE = 1

/** UpdateFeatures v1 (3.3 to 4.4): raises one feature to this level; answers an error and its words for the whole and for each. */
export const raiseFeature = defineCodec<
  { readonly feature: string; readonly level: number },
  readonly { readonly errorCode: number; readonly errorMessage: string | null }[]
>({
  apiKey: 57,
  apiName: 'UpdateFeatures',
  versions: [1],
  flexibleFrom: 0,
  write(w, one) {
    w.int32(30_000, 'timeoutMs')
    w.array([one], 'FeatureUpdates', ({ feature, level }) => {
      w.string(feature, 'Feature')
      w.int16(level, 'MaxVersionLevel')
      w.int8(UPGRADE, 'UpgradeType')
      w.tags()
    })
    w.boolean(false)
    w.tags()
  },
  read(r) {
    r.int32('ThrottleTimeMs')
    const whole = { errorCode: r.int16('ErrorCode'), errorMessage: r.nullableString('ErrorMessage') }
    const each = r.array('Results', 4, () => {
      r.string('Feature')
      const one = { errorCode: r.int16('ErrorCode'), errorMessage: r.nullableString('ErrorMessage') }
      r.tags()
      return one
    })
    r.tags()
    return [whole, ...each]
  },
})
